package org.pocx.aggregator.jmh;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.filter.Candidate;
import org.pocx.aggregator.core.filter.Ladder;
import org.pocx.aggregator.core.filter.LadderObserver;
import org.pocx.aggregator.core.filter.Standing;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.NonceSubmission;

/** What becomes of a nonce on the ladder of its account. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class LadderBenchmark {
    private static final MinerId MINER = new MinerId("10.0.0.7");
    private static final long CONFIRMED = 1_000_000;

    private final NonceSubmission worse = Samples.nonce(1, 1, CONFIRMED + 1);
    private Ladder settled = ladder();
    private Ladder full = ladder();
    private long nonce;

    @Setup(Level.Iteration)
    public void fill() {
        settled = ladder();
        settled.restoreConfirmed(CONFIRMED);
        full = ladder();
        full.offer(candidate(1));
        full.takeNext();
        for (int i = 0; i < Ladder.MAX_RUNNERS_UP; i++) {
            full.offer(candidate(CONFIRMED + i));
        }
    }

    private static Ladder ladder() {
        return new Ladder(new Unknown(), candidate -> false, false, new Silent());
    }

    private Candidate candidate(long rawQuality) {
        return new Candidate(Samples.nonce(1, nonce++, rawQuality), MINER, Instant.EPOCH, nonce);
    }

    /** By far the most frequent: it is worse than what is confirmed. */
    @Benchmark
    public boolean filtered() {
        return settled.offer(new Candidate(worse, MINER, Instant.EPOCH, 1));
    }

    /** An improvement, taken, sent and confirmed; with the making of the nonce. */
    @Benchmark
    public Ladder improvedAndConfirmed() {
        Ladder fresh = ladder();
        Candidate candidate = candidate(5);
        fresh.offer(candidate);
        fresh.takeNext();
        fresh.confirm(candidate, 5);
        return fresh;
    }

    /** A runner-up on a full ladder, where somebody has to make place; with the making of the nonce. */
    @Benchmark
    public boolean runnerUpOfAFullLadder() {
        return full.offer(candidate(CONFIRMED + 7));
    }

    private static final class Unknown implements Standing {
        @Override
        public boolean ranksBehind(String machine) {
            return false;
        }

        @Override
        public int badNonces(String machine) {
            return 0;
        }

        @Override
        public boolean isTrusted(String machine) {
            return false;
        }
    }

    private static final class Silent implements LadderObserver {
        @Override
        public void moved(Candidate candidate, @Nullable Fate before, Fate after) {
            // what is told is the ladder's business, not this benchmark's
        }

        @Override
        public void dropped(Candidate candidate, @Nullable Candidate behind) {
            // the same
        }
    }
}
