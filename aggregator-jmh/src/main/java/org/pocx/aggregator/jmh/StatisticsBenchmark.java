package org.pocx.aggregator.jmh;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.AggregatorEvent.FateChanged;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.time.WallClock;
import org.pocx.aggregator.statistics.FarmSnapshot;
import org.pocx.aggregator.statistics.FarmStatistics;

/** Counting, and the snapshot that pages are made of. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class StatisticsBenchmark {
    /** Machines, each with an account of its own. */
    @Param({"1", "1000", "10000"}) private int machines;

    private FarmStatistics statistics = empty();
    private MinerId[] miners = {};
    private FateChanged[] filtered = {};
    private int turn;

    private static FarmStatistics empty() {
        return FarmStatistics.builder().scheduler(new IdleScheduler()).build();
    }

    @Setup
    public void populate() {
        statistics = empty();
        statistics.on(new AggregatorEvent.RoundChanged(Samples.INFO, AggregatorEvent.RoundChanged.Kind.OPENED));
        miners = new MinerId[machines];
        filtered = new FateChanged[machines];
        for (int i = 0; i < machines; i++) {
            miners[i] = new MinerId("10." + i / 62_500 + "." + i / 250 % 250 + "." + i % 250);
            filtered[i] = event(i);
            statistics.on(new AggregatorEvent.MinerSeen(miners[i]));
            statistics.on(filtered[i]);
        }
    }

    private FateChanged event(int i) {
        return new FateChanged(
                new ReceivedNonce(
                        Samples.nonce(i, i, 1_000_000 + i), miners[i], WallClock.system().instant()),
                null,
                Fate.FILTERED,
                1_000_000 + i,
                "",
                Duration.ZERO,
                false);
    }

    private int next() {
        turn = turn + 1 < machines ? turn + 1 : 0;
        return turn;
    }

    @Benchmark
    public void minerSeen() {
        statistics.on(new AggregatorEvent.MinerSeen(miners[next()]));
    }

    @Benchmark
    public void filtered() {
        statistics.on(filtered[next()]);
    }

    @Benchmark
    public FarmSnapshot snapshot() {
        return statistics.snapshot();
    }
}
