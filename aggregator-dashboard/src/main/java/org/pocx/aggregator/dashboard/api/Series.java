package org.pocx.aggregator.dashboard.api;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.dashboard.http.Content;
import org.pocx.aggregator.dashboard.http.Query;
import org.pocx.aggregator.statistics.history.FarmHistory;

/**
 * The farm over time, for charts. A range is read from the history once for all requests within some seconds.
 *
 * <p>Thread-safe: this object's monitor guards the cached ranges. The history is read under it, so that simultaneous
 * requests cause only one read.
 */
final class Series {
    private final FarmHistory history;
    private final InstantSource clock;
    private final Map<Range, Read> last = new EnumMap<>(Range.class);

    Series(FarmHistory history, InstantSource clock) {
        this.history = history;
        this.clock = clock;
    }

    /** The length of a range, its step, and how long a response is cached. */
    enum Range {
        HOUR(Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofSeconds(5)),
        DAY(Duration.ofDays(1), Duration.ofMinutes(4), Duration.ofSeconds(30)),
        WEEK(Duration.ofDays(7), Duration.ofMinutes(30), Duration.ofSeconds(60));

        final Duration length;
        final Duration step;
        final Duration good;

        Range(Duration length, Duration step, Duration good) {
            this.length = length;
            this.step = step;
            this.good = good;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private record Read(Instant at, Content content) {}

    Content read(Query query) {
        query.allow("range");
        return read(query.oneOf("range", List.of(Range.values()), Range::word).orElse(Range.DAY));
    }

    synchronized Content read(Range range) {
        Instant now = clock.instant();
        @Nullable Read known = last.get(range);
        if (known != null && isGood(known, now, range)) {
            return known.content();
        }
        SeriesTable table = new SeriesTable(now.minus(range.length), now, range.step);
        history.readMinutes(table.from(), table::add);
        history.readRounds(table.from(), table::add);
        Content content = Content.json(table.json(range.word()));
        last.put(range, new Read(now, content));
        return content;
    }

    private static boolean isGood(Read read, Instant now, Range range) {
        Duration age = Duration.between(read.at(), now);
        return !age.isNegative() && age.compareTo(range.good) < 0;
    }
}
