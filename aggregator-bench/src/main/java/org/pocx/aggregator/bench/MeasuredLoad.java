package org.pocx.aggregator.bench;

import java.io.IOException;
import java.time.Duration;

/** A server under load, measured in slices that are added up. For one thread. */
final class MeasuredLoad implements AutoCloseable {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double REQUESTS = 100_000;
    private static final Duration MEMORY_INTERVAL = Duration.ofMillis(250);

    private final LoadGenerator load;
    private final ResourceUsage usage;
    private final Turns turns;
    private double cpuSeconds;
    private double rssMib = Double.NaN;
    private long nanos;

    /** A server that may only run while it is measured. */
    interface Turns {
        void begin() throws IOException, InterruptedException;

        void end() throws IOException, InterruptedException;
    }

    MeasuredLoad(LoadGenerator load, ResourceUsage usage) {
        this(load, usage, new Turns() {
            @Override
            public void begin() {}

            @Override
            public void end() {}
        });
    }

    /** @param turns called around each warm-up and slice */
    MeasuredLoad(LoadGenerator load, ResourceUsage usage, Turns turns) {
        this.load = load;
        this.usage = usage;
        this.turns = turns;
    }

    /** Load of which only the failures count. */
    void warmUp(Duration time) throws IOException, InterruptedException {
        turns.begin();
        load.start();
        load.run(time, false);
        load.drain();
        turns.end();
    }

    /** @param settle time at the beginning that does not count */
    void slice(Duration settle, Duration time) throws IOException, InterruptedException {
        turns.begin();
        load.start();
        load.run(settle, false);
        long answered = answered();
        double cpuBefore = usage.cpuSeconds();
        long begun = System.nanoTime();
        for (long left = time.toNanos(); left > 0; left = begun + time.toNanos() - System.nanoTime()) {
            load.run(Duration.ofNanos(Math.min(left, MEMORY_INTERVAL.toNanos())), true);
            rssMib = Double.isNaN(rssMib) ? usage.rssMib() : Math.max(rssMib, usage.rssMib());
        }
        nanos += System.nanoTime() - begun;
        cpuSeconds += usage.cpuSeconds() - cpuBefore;
        load.drain();
        turns.end();
        if (answered() == answered) {
            throw new IOException("no request got a result for " + time.toMillis() + " ms");
        }
    }

    private long answered() {
        return load.latencies().total();
    }

    Figures figures() {
        return Figures.of(
                answered() / (nanos / NANOS_PER_SECOND),
                load.latencies(),
                answered() == 0 ? Double.NaN : cpuSeconds / answered() * REQUESTS,
                rssMib);
    }

    long failures() {
        return load.failures();
    }

    @Override
    public void close() throws IOException {
        load.close();
    }
}
