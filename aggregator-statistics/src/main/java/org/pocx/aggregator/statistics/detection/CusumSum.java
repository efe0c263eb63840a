package org.pocx.aggregator.statistics.detection;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The sum of a CUSUM, with the observations since it was 0 last: they began where the change most likely was (Page's
 * estimate of the time of the change). Immutable.
 *
 * @param value at least 0
 * @param since when the first round after the last 0 began; null while the sum is 0
 * @param run the observations since then
 */
record CusumSum(double value, @Nullable Instant since, Exposure run) {
    static final CusumSum ZERO = new CusumSum(0, null, Exposure.NONE);

    /** The sum after another observation. */
    CusumSum plus(double ratio, Observation observation) {
        double next = value + ratio;
        if (!(next > 0)) {
            return ZERO;
        }
        return new CusumSum(next, since == null ? observation.begunAt() : since, run.plus(observation));
    }
}
