package org.pocx.aggregator.statistics.detection;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.statistics.finding.BaselineSource;
import org.pocx.aggregator.statistics.finding.CapacityDrop;
import org.pocx.aggregator.statistics.finding.MachineCapacity;

/**
 * Detects that one machine lost half or a quarter of its capacity, and that it is back, from one observation a round. The
 * tests are those of {@link CapacityLoss}.
 *
 * <p>The baseline is the configured capacity, or else the average of the machine's own rounds: the test of half needs
 * {@value #HALF_AFTER} of them, that of a quarter {@value #QUARTER_AFTER}. The thresholds are higher by the standard error
 * of such a baseline. After {@value MachineCapacity#MAX_LEARNED} rounds the average fades, so that it follows slow
 * changes. It is not updated while a sum is above half of its threshold, or a loss was reported: the loss would become
 * normal.
 *
 * <p>Not thread-safe; belongs to its {@link MachineWatch}.
 */
final class CapacityDetector {
    static final int HALF_AFTER = 300;
    static final int QUARTER_AFTER = 2_000;

    /** The measured capacity is that of about so many rounds. */
    static final int RECENT = 120;

    /** A report of half is over only if the capacity is nearer to the baseline than to three quarters of it. */
    private static final double RESTORED = 0.875;

    private double configuredTib = Double.NaN;
    private Exposure learned = Exposure.NONE;
    private Exposure recent = Exposure.NONE;
    private final Map<CapacityLoss, CusumSum> sums = new EnumMap<>(CapacityLoss.class);
    private @Nullable OpenDrop drop;

    CapacityDetector() {
        clearSums();
    }

    /** The state of a detector, as it is stored. */
    record State(
            double configuredTib,
            Exposure learned,
            Exposure recent,
            CusumSum half,
            CusumSum quarter,
            @Nullable OpenDrop drop) {}

    State state() {
        return new State(
                configuredTib, learned, recent, sum(CapacityLoss.HALF), sum(CapacityLoss.QUARTER), drop);
    }

    void restore(State state) {
        configuredTib = state.configuredTib();
        learned = state.learned();
        recent = state.recent();
        sums.put(CapacityLoss.HALF, state.half());
        sums.put(CapacityLoss.QUARTER, state.quarter());
        drop = state.drop();
    }

    /** A change that has to be reported. */
    sealed interface Change {
        record Dropped(CapacityDrop drop) implements Change {}

        record Restored(CapacityDrop drop, double measuredTib) implements Change {}
    }

    /**
     * Adds an observation.
     *
     * @param expected the configured capacity in TiB
     */
    @Nullable
    Change observe(Observation observation, OptionalDouble expected) {
        configure(expected);
        recent = recent.limited(RECENT - 1).plus(observation);
        OpenDrop open = drop;
        if (open != null) {
            return observeDropped(open, observation);
        }
        boolean frozen = isFrozen();
        if (baselineTib() > 0) {
            double z = observation.exposure() * baselineTib();
            for (CapacityLoss loss : CapacityLoss.values()) {
                if (isTested(loss)) {
                    sums.put(loss, sum(loss).plus(loss.ratio(z, observation.censored()), observation));
                }
            }
        }
        if (!frozen) {
            learned = learned.limited(MachineCapacity.MAX_LEARNED - 1).plus(observation);
        }
        return reported();
    }

    private @Nullable Change reported() {
        for (CapacityLoss loss : CapacityLoss.values()) {
            if (isTested(loss) && sum(loss).value() >= threshold(loss)) {
                OpenDrop found = OpenDrop.of(sum(loss), baselineTib(), source());
                drop = found;
                clearSums();
                return new Change.Dropped(found.view());
            }
        }
        return null;
    }

    /** After a report: is the capacity back, or has a loss of a quarter become one of half? */
    private @Nullable Change observeDropped(OpenDrop open, Observation observation) {
        double z = observation.exposure() * open.baselineTib();
        OpenDrop now = open.plus(z, observation);
        drop = now;
        if (now.restored().value() >= now.loss().restoredThreshold()) {
            if (now.loss() == CapacityLoss.HALF && now.restored().run().tib() < RESTORED * now.baselineTib()) {
                drop = now.asQuarter();
                return null;
            }
            drop = null;
            return new Change.Restored(open.view(), now.restored().run().tib());
        }
        return now.loss() == CapacityLoss.QUARTER ? observeMore(now, z, observation) : null;
    }

    private @Nullable Change observeMore(OpenDrop open, double z, Observation observation) {
        CapacityLoss half = CapacityLoss.HALF;
        CusumSum more = sum(half).plus(CapacityLoss.ratioOfMore(z, observation.censored()), observation);
        sums.put(half, more);
        if (more.value() < CapacityLoss.MORE_THRESHOLD) {
            return null;
        }
        OpenDrop found = OpenDrop.of(more, open.baselineTib(), open.source());
        drop = found;
        clearSums();
        return new Change.Dropped(found.view());
    }

    /** A changed setting is a new baseline: what was found with the old one is void. */
    private void configure(OptionalDouble expected) {
        double tib = expected.orElse(Double.NaN);
        if (Double.compare(tib, configuredTib) != 0) {
            configuredTib = tib;
            clearSums();
            drop = null;
        }
    }

    /** The owner changed the machine: everything begins anew. */
    void reset() {
        learned = Exposure.NONE;
        recent = Exposure.NONE;
        clearSums();
        drop = null;
    }

    private void clearSums() {
        for (CapacityLoss loss : CapacityLoss.values()) {
            sums.put(loss, CusumSum.ZERO);
        }
    }

    private CusumSum sum(CapacityLoss loss) {
        return sums.getOrDefault(loss, CusumSum.ZERO);
    }

    private BaselineSource source() {
        return Double.isNaN(configuredTib) ? BaselineSource.LEARNED : BaselineSource.CONFIGURED;
    }

    private double baselineTib() {
        return Double.isNaN(configuredTib) ? learned.tib() : configuredTib;
    }

    private boolean isTested(CapacityLoss loss) {
        return switch (source()) {
            case CONFIGURED -> true;
            case LEARNED -> Double.isFinite(learned.tib())
                    && learned.rounds() >= switch (loss) {
                        case HALF -> HALF_AFTER;
                        case QUARTER -> QUARTER_AFTER;
                    };
        };
    }

    private double threshold(CapacityLoss loss) {
        return loss.threshold(
                switch (source()) {
                    case CONFIGURED -> 0;
                    case LEARNED -> learned.relativeError();
                });
    }

    private boolean isFrozen() {
        for (CapacityLoss loss : CapacityLoss.values()) {
            if (sum(loss).value() > threshold(loss) / 2) {
                return true;
            }
        }
        return false;
    }

    /** What is known now; empty before the first observation. */
    Optional<MachineCapacity> view() {
        if (recent.rounds() == 0 && drop == null) {
            return Optional.empty();
        }
        boolean known = isTested(CapacityLoss.HALF);
        return Optional.of(new MachineCapacity(
                known ? baselineTib() : Double.NaN,
                source(),
                (long) learned.rounds(),
                recent.tib(),
                recent.found(),
                Optional.ofNullable(drop).map(OpenDrop::view)));
    }
}
