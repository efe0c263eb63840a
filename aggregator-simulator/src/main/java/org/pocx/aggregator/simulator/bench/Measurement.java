package org.pocx.aggregator.simulator.bench;

import java.time.Duration;
import java.util.Locale;

/**
 * What came of one load.
 *
 * @param answered requests with a result, without the warm-up's
 * @param failed requests without a result, with the warm-up's
 * @param time measured, without the warm-up
 * @param p50 half of the answers came within this time
 * @param p99 of 100 answers 99
 * @param p999 of 1,000 answers 999
 */
public record Measurement(long answered, long failed, Duration time, Duration p50, Duration p99, Duration p999) {

    static Measurement of(LatencyHistogram latencies, long failed, Duration time) {
        return new Measurement(
                latencies.total(),
                failed,
                time,
                Duration.ofNanos(latencies.quantile(0.5)),
                Duration.ofNanos(latencies.quantile(0.99)),
                Duration.ofNanos(latencies.quantile(0.999)));
    }

    /** Answers a second. */
    public double rate() {
        return answered / (time.toNanos() / 1e9);
    }

    /** As a line between processes. */
    String toLine() {
        return String.format(
                Locale.ROOT,
                "%d %d %d %d %d %d",
                answered,
                failed,
                time.toNanos(),
                p50.toNanos(),
                p99.toNanos(),
                p999.toNanos());
    }

    /** @throws IllegalArgumentException when the line is no measurement */
    static Measurement ofLine(String line) {
        String[] words = line.split(" ", -1);
        if (words.length != 6) {
            throw new IllegalArgumentException("no measurement: " + line);
        }
        return new Measurement(
                Long.parseLong(words[0]),
                Long.parseLong(words[1]),
                nanos(words[2]),
                nanos(words[3]),
                nanos(words[4]),
                nanos(words[5]));
    }

    private static Duration nanos(String word) {
        return Duration.ofNanos(Long.parseLong(word));
    }
}
