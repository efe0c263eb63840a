package org.pocx.aggregator.simulator.bench;

import java.util.stream.IntStream;

/** What a load generator sends. */
enum Load {
    /** {@code get_mining_info}. */
    POLLS {
        @Override
        RequestSource of(Part part) {
            return RequestSource.polls();
        }
    },
    /** One nonce after the other, each better than all of its account before. */
    IMPROVING {
        @Override
        RequestSource of(Part part) {
            return RequestSource.nonces(part.firstNonce(), part.ownAccounts(), part.bestSoFar() - 1, -1);
        }
    },
    /** Nonces that are worse than the best of their account. */
    FILTERED {
        @Override
        RequestSource of(Part part) {
            return RequestSource.nonces(part.firstNonce(), part.ownAccounts(), WORST_IMPROVING, 1);
        }
    };

    private static final long WORST_IMPROVING = 5 * BenchRound.NINETEEN_DIGITS;
    private static final long PER_CONNECTION = 1_000_000_000_000L;
    private static final long PER_RUN = 1_000 * PER_CONNECTION;

    abstract RequestSource of(Part part);

    /**
     * One connection's part in a load.
     *
     * @param run 0 to 999: no two runs against the same program send the same nonces, and each later one better ones
     * @param connection 0 to 999 and below {@code connections}
     * @param accounts that all connections share, at least 1
     */
    record Part(int run, int connection, int connections, int accounts) {
        long firstNonce() {
            return BenchRound.NINETEEN_DIGITS + run * PER_RUN + connection * PER_CONNECTION;
        }

        long bestSoFar() {
            return WORST_IMPROVING - run * PER_RUN;
        }

        /** None is without a connection, and no connection without one. */
        int[] ownAccounts() {
            int[] own = IntStream.range(0, accounts)
                    .filter(account -> account % connections == connection)
                    .toArray();
            return own.length > 0 ? own : new int[] {connection % accounts};
        }
    }
}
