package org.pocx.aggregator.simulator.bench;

/** What came of requests. For one thread. */
final class Tally {
    private final LatencyHistogram latencies = new LatencyHistogram();
    private long failed;

    /** A request got a result. */
    void answered(long nanos) {
        latencies.record(nanos);
    }

    /** A request got an error, or nothing. */
    void failed() {
        failed++;
    }

    long answered() {
        return latencies.total();
    }

    long failures() {
        return failed;
    }

    LatencyHistogram latencies() {
        return latencies;
    }
}
