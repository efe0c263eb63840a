package org.pocx.aggregator.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.bench.LoadGenerator.RequestSource;

/** Generates the nonces of a benchmark. None is sent twice, and each improvement is better than all before. For one thread. */
final class NoncePlan {
    /** All nonces and qualities have 19 digits, so that they can be overwritten in place. */
    private static final int DIGITS = 19;

    private static final long SMALLEST = 1_000_000_000_000_000_000L;
    private static final byte[] NONCE = AsciiBytes.of("\"nonce\":");
    private static final byte[] QUALITY = AsciiBytes.of("\"raw_quality\":");

    private long nonce = SMALLEST;
    private long best = 5 * SMALLEST;
    private long worse = 5 * SMALLEST;

    /** One nonce of each account, better than all before. */
    List<RequestSource> bests(Target target, BenchRound round, int connections, int accounts) {
        return sources(target, round, Math.min(connections, accounts), accounts, true, true);
    }

    /** Nonces without end, each better than all before. */
    List<RequestSource> improving(Target target, BenchRound round, int connections, int accounts) {
        return sources(target, round, connections, accounts, true, false);
    }

    /** Nonces without end, all worse than those of the other two methods. */
    List<RequestSource> worse(Target target, BenchRound round, int connections, int accounts) {
        return sources(target, round, connections, accounts, false, false);
    }

    /** The accounts are divided among the connections; connections share accounts only if there are too few. */
    private List<RequestSource> sources(
            Target target, BenchRound round, int connections, int accounts, boolean improving, boolean once) {
        List<RequestSource> sources = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            int first = i % accounts;
            byte[][] requests = IntStream.range(0, accounts)
                    .filter(account -> account == first || account % connections == first)
                    .mapToObj(account -> target.submission(round.nonce(account, SMALLEST, SMALLEST)))
                    .toArray(byte[][]::new);
            sources.add(new Submissions(requests, improving, once ? requests.length : Long.MAX_VALUE));
        }
        return sources;
    }

    /** Submissions of a few accounts in turn. */
    private final class Submissions implements RequestSource {
        private final byte[][] requests;
        private final boolean improving;
        private final int nonceAt;
        private final int qualityAt;
        private long left;
        private int turn;

        Submissions(byte[][] requests, boolean improving, long count) {
            this.requests = requests;
            this.improving = improving;
            this.left = count;
            nonceAt = AsciiBytes.endOf(NONCE, requests[0]);
            qualityAt = AsciiBytes.endOf(QUALITY, requests[0]);
        }

        @Override
        public byte @Nullable [] next() {
            if (left == 0) {
                return null;
            }
            left--;
            byte[] request = requests[turn];
            turn = (turn + 1) % requests.length;
            write(nonce++, request, nonceAt);
            write(improving ? --best : worse++, request, qualityAt);
            return request;
        }

        private static void write(long number, byte[] into, int at) {
            long rest = number;
            for (int i = at + DIGITS - 1; i >= at; i--) {
                into[i] = (byte) ('0' + rest % 10);
                rest /= 10;
            }
        }
    }
}
