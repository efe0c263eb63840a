package org.pocx.aggregator.simulator.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Sees to it that no nonce of a benchmark is sent twice, and that each batch of improvements is better than all before.
 *
 * <p>For one thread.
 */
final class NoncePlan {
    /** From here on all u64 of a benchmark have 19 digits. */
    private static final long NINETEEN_DIGITS = 1_000_000_000_000_000_000L;

    private static final long WORST_IMPROVING = 5 * NINETEEN_DIGITS;
    private static final long PER_CONNECTION = 1_000_000_000_000L;
    private static final long PER_BATCH = 1_000 * PER_CONNECTION;
    private static final int MAX_BATCHES = 3_000;

    private int batches;

    /** One nonce of each account, better than all before. */
    List<RequestSource> bests(Target target, BenchRound round, int connections, int accounts) {
        return sources(target, round, connections, accounts, best(), -1, true);
    }

    /** Nonces without end, each better than all before of its account. */
    List<RequestSource> improving(Target target, BenchRound round, int connections, int accounts) {
        return sources(target, round, connections, accounts, best(), -1, false);
    }

    /** Nonces without end, none better than any that was sent before of its account by the other two. */
    List<RequestSource> worse(Target target, BenchRound round, int connections, int accounts) {
        return sources(target, round, connections, accounts, WORST_IMPROVING, 1, false);
    }

    /** A quality that is better than all before; each next one of the same batch is to be one less. */
    private long best() {
        return WORST_IMPROVING - 1 - batches * PER_BATCH;
    }

    private List<RequestSource> sources(
            Target target,
            BenchRound round,
            int connections,
            int accounts,
            long quality,
            int step,
            boolean once) {
        if (batches == MAX_BATCHES) {
            throw new IllegalStateException("more batches of nonces than there are numbers");
        }
        List<RequestSource> sources = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            int[] own = own(i, connections, accounts);
            if (own.length == 0 && once) {
                continue;
            }
            int[] turns = own.length > 0 ? own : new int[] {i % accounts};
            long first = NINETEEN_DIGITS + batches * PER_BATCH + i * PER_CONNECTION;
            sources.add(new NonceRequests(
                    target, round, turns, first, quality, step, once ? own.length : Long.MAX_VALUE));
        }
        batches++;
        return sources;
    }

    /** The accounts whose nonces a connection sends: none has two connections while there are enough of them. */
    private static int[] own(int connection, int connections, int accounts) {
        return IntStream.range(0, accounts)
                .filter(account -> account % connections == connection)
                .toArray();
    }
}
