package org.pocx.aggregator.simulator.bench;

import java.util.function.DoubleBinaryOperator;

/**
 * What one measurement came to. NaN stands for what was not or could not be measured.
 *
 * @param rate answers a second
 * @param p50 milliseconds within which half of the answers came
 * @param p99 of 100 answers 99
 * @param p999 of 1,000 answers 999
 * @param cpu seconds of processor time for 100,000 answers
 * @param rss the largest resident memory meanwhile, in MiB
 */
public record Figures(double rate, double p50, double p99, double p999, double cpu, double rss) {
    private static final double NANOS_A_MILLI = 1e6;

    /** How long things took, without a rate. */
    static Figures ofTimes(LatencyHistogram times, double rss) {
        return of(Double.NaN, times, Double.NaN, rss);
    }

    static Figures of(double rate, LatencyHistogram times, double cpu, double rss) {
        return new Figures(
                rate, millis(times, 0.5), millis(times, 0.99), millis(times, 0.999), cpu, rss);
    }

    private static double millis(LatencyHistogram times, double share) {
        return times.total() == 0 ? Double.NaN : times.quantile(share) / NANOS_A_MILLI;
    }

    /**
     * {@return each figure as a ratio to the same of the other}
     *
     * @param other what it is held against, the floor as a rule
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
