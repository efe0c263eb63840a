package org.pocx.aggregator.jmh;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.pocx.aggregator.proof.Challenge;
import org.pocx.aggregator.proof.PlotNonce;
import org.pocx.aggregator.proof.PocxProof;
import org.pocx.aggregator.proof.ProofTask;

/**
 * The quality of one nonce and of a batch, in plain Java and with the Vector API. {@code PlainJava} and {@code VectorApi} differ
 * in the options of the JVM only.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@State(Scope.Thread)
public abstract class ProofBenchmark {
    private static final String ACCOUNT = "a1".repeat(20);
    private static final String SEED = "5d".repeat(32);
    private static final Challenge CHALLENGE = new Challenge("5e".repeat(32), 1_000);

    /** In plain Java. */
    @Fork(1)
    public static class PlainJava extends ProofBenchmark {}

    /** With the Vector API. */
    @Fork(value = 1, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
    public static class VectorApi extends ProofBenchmark {}

    /** A nonce of each compression, on one thread. */
    @State(Scope.Benchmark)
    public static class NonceCompression {
        @Param({"0", "1", "6"}) private int compression;
    }

    /** How many threads compute a batch. */
    @State(Scope.Benchmark)
    public static class BatchThreads {
        @Param({"1", "2"}) private int threads;
    }

    private long nonce;

    @Benchmark
    public long single(NonceCompression chosen) {
        nonce++;
        return PocxProof.quality(new PlotNonce(ACCOUNT, SEED, nonce, chosen.compression), CHALLENGE);
    }

    /** 256 nonces of compression 1. */
    @Benchmark
    public long batch(BatchThreads chosen) throws InterruptedException {
        List<ProofTask> tasks = LongStream.range(0, 256)
                .mapToObj(i -> new ProofTask(new PlotNonce(ACCOUNT, SEED, i, 1), CHALLENGE))
                .toList();
        long[] sum = new long[1];
        PocxProof.qualities(tasks, chosen.threads, (index, quality) -> {
            sum[0] += quality;
            return true;
        });
        return sum[0];
    }
}
