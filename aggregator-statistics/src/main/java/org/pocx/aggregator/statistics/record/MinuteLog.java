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
 * Adds up what happens within a minute of the wall clock. When another minute begins, what the history knows of it is
 * taken up: it may have been begun by an earlier process, or come again because the clock was set back.
 *
 * <p>Not thread-safe: the recorder guards it.
 */
final class MinuteLog {
    private final Function<Instant, MinuteRecord> known;
    private @Nullable MinuteRecord current;

    /** @param known what is recorded of the minute that begins then, an empty record for nothing */
    MinuteLog(Function<Instant, MinuteRecord> known) {
        this.known = known;
    }

    /** Adds what happened since the last call; returns the minute when that changed it. */
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
