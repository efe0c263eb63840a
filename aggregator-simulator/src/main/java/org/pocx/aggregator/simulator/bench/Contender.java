package org.pocx.aggregator.simulator.bench;

import java.io.IOException;
import java.time.Duration;

/** A server under load, in slices that are added up. For one thread. */
final class Contender implements AutoCloseable {
    private static final double NANOS_A_SECOND = 1e9;
    private static final double REQUESTS = 100_000;

    /** Memory is looked at this often. */
    private static final Duration LOOK = Duration.ofMillis(250);

    private final Crowd crowd;
    private final Vitals vitals;
    private final Tally tally = new Tally();
    private double cpuSeconds;
    private double rssMib = Double.NaN;
    private long nanos;

    Contender(Crowd crowd, Vitals vitals) {
        this.crowd = crowd;
        this.vitals = vitals;
    }

    /** Load that is not counted, but for its failures. */
    void warmUp(Duration time) throws IOException, InterruptedException {
        Tally uncounted = new Tally();
        crowd.start();
        crowd.drive(time, uncounted);
        crowd.drain();
        for (long i = uncounted.failures(); i > 0; i--) {
            tally.failed();
        }
    }

    /** @param settle the beginning, which is not counted */
    void slice(Duration settle, Duration time) throws IOException, InterruptedException {
        crowd.start();
        crowd.drive(settle, new Tally());
        long answered = tally.answered();
        double cpuBefore = vitals.cpuSeconds();
        long begun = System.nanoTime();
        for (long left = time.toNanos(); left > 0; left = begun + time.toNanos() - System.nanoTime()) {
            crowd.drive(Duration.ofNanos(Math.min(left, LOOK.toNanos())), tally);
            rssMib = Double.isNaN(rssMib) ? vitals.rssMib() : Math.max(rssMib, vitals.rssMib());
        }
        nanos += System.nanoTime() - begun;
        cpuSeconds += vitals.cpuSeconds() - cpuBefore;
        crowd.drain();
        if (tally.answered() == answered) {
            throw new IOException("no request got a result for " + time.toMillis() + " ms");
        }
    }

    Figures figures() {
        return Figures.of(
                tally.answered() / (nanos / NANOS_A_SECOND),
                tally.latencies(),
                tally.answered() == 0 ? Double.NaN : cpuSeconds / tally.answered() * REQUESTS,
                rssMib);
    }

    long failed() {
        return tally.failures();
    }

    @Override
    public void close() throws IOException {
        crowd.close();
    }
}
