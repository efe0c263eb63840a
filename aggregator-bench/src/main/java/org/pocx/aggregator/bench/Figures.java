package org.pocx.aggregator.bench;

import java.util.function.DoubleBinaryOperator;

/**
 * The result of one measurement. A figure that was not or could not be measured is NaN.
 *
 * @param rate answers per second
 * @param p50 milliseconds within which half of the requests were answered
 * @param p99 milliseconds within which 99 % were answered
 * @param p999 milliseconds within which 99.9 % were answered
 * @param cpu seconds of processor time for 100,000 answers
 * @param rss the largest resident set during the measurement, in MiB
 */
public record Figures(double rate, double p50, double p99, double p999, double cpu, double rss) {
    private static final double NANOS_PER_MILLI = 1e6;

    /** Times that were measured one by one, so without a rate. */
    static Figures ofTimes(LatencyHistogram times, double rss) {
        return of(Double.NaN, times, Double.NaN, rss);
    }

    static Figures of(double rate, LatencyHistogram times, double cpu, double rss) {
        return new Figures(rate, millis(times, 0.5), millis(times, 0.99), millis(times, 0.999), cpu, rss);
    }

    private static double millis(LatencyHistogram times, double share) {
        return times.total() == 0 ? Double.NaN : times.quantile(share) / NANOS_PER_MILLI;
    }

    /**
     * {@return each figure divided by the same figure of the other}
     *
     * @param other what to compare with, usually the floor
     */
    public Figures ratioTo(Figures other) {
        DoubleBinaryOperator ratio = (mine, theirs) -> theirs == 0 ? Double.NaN : mine / theirs;
        return new Figures(
                ratio.applyAsDouble(rate, other.rate),
                ratio.applyAsDouble(p50, other.p50),
                ratio.applyAsDouble(p99, other.p99),
                ratio.applyAsDouble(p999, other.p999),
                ratio.applyAsDouble(cpu, other.cpu),
                ratio.applyAsDouble(rss, other.rss));
    }
}
