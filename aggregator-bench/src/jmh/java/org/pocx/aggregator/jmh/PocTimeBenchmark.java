package org.pocx.aggregator.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.pocx.aggregator.core.mining.PocTime;

/** The exact integer arithmetic of poc_time, on another quality each time. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class PocTimeBenchmark {
    private static final long STEP = 0x9E3779B97F4A7C15L;

    private final PocTime pocTime = PocTime.forBlockTime(120);
    private long rawQuality = 1;

    @Benchmark
    public long seconds() {
        rawQuality += STEP;
        return pocTime.seconds(rawQuality >>> 20, Samples.INFO.baseTarget());
    }

    @Benchmark
    public PocTime scaleOfABlockTime() {
        return PocTime.forBlockTime(120);
    }
}
