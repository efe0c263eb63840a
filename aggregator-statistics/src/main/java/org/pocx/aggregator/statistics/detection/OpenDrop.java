package org.pocx.aggregator.statistics.detection;

import java.time.Instant;
import java.util.Objects;
import org.pocx.aggregator.statistics.finding.BaselineSource;
import org.pocx.aggregator.statistics.finding.CapacityDrop;

/**
 * A loss that was reported and is not over. Immutable.
 *
 * @param since when the first round that belongs to it began
 * @param baselineTib the expected capacity when it was found; stays the same until it is over
 * @param measured the observations since then
 * @param restored the sum of the opposite test: the log-likelihood ratio of the whole capacity against the part that is
 *     left
 */
record OpenDrop(
        Instant since,
        double baselineTib,
        BaselineSource source,
        CapacityLoss loss,
        Exposure measured,
        CusumSum restored) {

    /** The loss that a sum has found. */
    static OpenDrop of(CusumSum sum, double baselineTib, BaselineSource source) {
        Instant since = Objects.requireNonNull(sum.since(), "a sum above 0 has a beginning");
        return new OpenDrop(
                since, baselineTib, source, lossOf(sum.run(), baselineTib), sum.run(), CusumSum.ZERO);
    }

    /** The loss that fits the observations better. If nothing was found, more than half is missing. */
    static CapacityLoss lossOf(Exposure run, double baselineTib) {
        return CapacityLoss.nearest(run.found() == 0 ? 0 : run.tib() / baselineTib);
    }

    OpenDrop plus(double z, Observation observation) {
        return new OpenDrop(
                since,
                baselineTib,
                source,
                loss,
                measured.plus(observation),
                restored.plus(-loss.ratio(z, observation.censored()), observation));
    }

    /** A part of what was lost is back. */
    OpenDrop asQuarter() {
        return new OpenDrop(since, baselineTib, source, CapacityLoss.QUARTER, measured, CusumSum.ZERO);
    }

    CapacityDrop view() {
        return new CapacityDrop(since, baselineTib, measured.tib(), loss.missing(), source);
    }
}
