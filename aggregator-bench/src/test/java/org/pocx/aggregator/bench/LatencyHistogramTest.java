package org.pocx.aggregator.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
    private final LatencyHistogram histogram = new LatencyHistogram();

    @Test
    void nothingRecorded_isZero() {
        assertThat(histogram.quantile(0.5)).isZero();
    }

    @Test
    void quantiles_areWithinABucketOfTheTruth() {
        for (long micros = 1; micros <= 10_000; micros++) {
            histogram.record(micros * 1_000);
        }

        assertThat(histogram.total()).isEqualTo(10_000);
        assertThat(histogram.quantile(0.5)).isCloseTo(5_000_000, Percentage.withPercentage(4));
        assertThat(histogram.quantile(0.99)).isCloseTo(9_900_000, Percentage.withPercentage(4));
        assertThat(histogram.quantile(1)).isCloseTo(10_000_000, Percentage.withPercentage(4));
    }

    @Test
    void smallTimes_areExact() {
        for (int nanos = 0; nanos < 64; nanos++) {
            histogram.record(nanos);
        }

        assertThat(histogram.quantile(0.5)).isCloseTo(31, within(1L));
        assertThat(histogram.quantile(1)).isEqualTo(63);
    }

    @Test
    void extremes_haveABucket() {
        histogram.record(-5);
        histogram.record(Long.MAX_VALUE);

        assertThat(histogram.quantile(0.5)).isZero();
        assertThat(histogram.quantile(1)).isEqualTo(Long.MAX_VALUE);
    }
}
