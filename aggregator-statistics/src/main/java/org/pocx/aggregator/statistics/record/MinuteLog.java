package org.pocx.aggregator.statistics.record;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.statistics.history.Latencies;
import org.pocx.aggregator.statistics.history.MinuteRecord;
import org.pocx.aggregator.statistics.history.WorkCounts;

/**
 * Adds up the counts of the current minute of the wall clock. When a minute begins, its existing record is continued: it
 * may have been started before a restart, or the clock was set back.
 *
 * <p>Not thread-safe; guarded by the recorder.
 */
final class MinuteLog {
    private final Function<Instant, MinuteRecord> known;
    private @Nullable MinuteRecord current;

    /** @param known returns the existing record of a minute, or an empty one */
    MinuteLog(Function<Instant, MinuteRecord> known) {
        this.known = known;
    }

    /** Adds the counts since the last call. Returns the minute if it has changed. */
    Optional<MinuteRecord> add(
            Instant now, WorkCounts counts, Latencies latencies, double capacityTib, int activeMachines) {
        MinuteRecord before = current;
        Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
        MinuteRecord begun = before == null || !before.at().equals(minute) ? known.apply(minute) : before;
        MinuteRecord nowKnown = new MinuteRecord(
                minute,
                begun.counts().plus(counts),
                begun.latencies().plus(latencies),
                capacityTib,
                activeMachines);
        current = nowKnown;
        return nowKnown.equals(before) ? Optional.empty() : Optional.of(nowKnown);
    }
}
