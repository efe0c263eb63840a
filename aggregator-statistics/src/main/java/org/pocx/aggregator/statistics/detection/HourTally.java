package org.pocx.aggregator.statistics.detection;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.statistics.history.CapacityHour;

/**
 * The observations of one machine in the current hour.
 *
 * <p>Not thread-safe; belongs to its {@link MachineWatch}.
 */
final class HourTally {
    private Instant hour = Instant.EPOCH;
    private Exposure tally = Exposure.NONE;

    /** Adds an observation. Returns the hour before, if this is the first observation of another one. */
    @Nullable
    CapacityHour add(String machine, Observation observation) {
        Instant now = observation.begunAt().truncatedTo(ChronoUnit.HOURS);
        @Nullable CapacityHour ended = now.equals(hour) ? null : current(machine).orElse(null);
        if (!now.equals(hour)) {
            hour = now;
            tally = Exposure.NONE;
        }
        tally = tally.plus(observation);
        return ended;
    }

    /** The hour so far; empty without an observation. */
    Optional<CapacityHour> current(String machine) {
        return tally.rounds() == 0
                ? Optional.empty()
                : Optional.of(new CapacityHour(
                        machine,
                        hour,
                        (int) tally.rounds(),
                        (int) tally.found(),
                        tally.found() == 0 ? 0 : tally.tib()));
    }

    Instant hour() {
        return hour;
    }

    Exposure tally() {
        return tally;
    }

    void restore(Instant then, Exposure rounds) {
        hour = then;
        tally = rounds;
    }
}
