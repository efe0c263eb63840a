package org.pocx.aggregator.cli.log;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Summarises what repeats: the first line of a kind is told at once, those that follow within a minute as one count.
 *
 * <p>Not thread-safe: {@link QueuedLog}'s thread owns it. It remembers {@value #MAX_KINDS} kinds at most; the lines of
 * further ones are not summarised.
 */
final class Repeats {
    static final Duration WINDOW = Duration.ofMinutes(1);
    static final int MAX_KINDS = 256;

    private final Map<String, Kind> kinds = new LinkedHashMap<>();

    private static final class Kind {
        private long windowStart;
        private long more;
        private Line last;

        Kind(long now, Line first) {
            windowStart = now;
            last = first;
        }
    }

    /** A line to log. */
    record Line(Level level, String text) {}

    /**
     * A line came.
     *
     * @param now nanoseconds on a monotonic clock
     * @return what to log now
     */
    Optional<Line> take(String name, Line line, long now) {
        Kind kind = kinds.get(name);
        if (kind != null) {
            kind.more++;
            kind.last = line;
            return Optional.empty();
        }
        if (kinds.size() < MAX_KINDS) {
            kinds.put(name, new Kind(now, line));
        }
        return Optional.of(line);
    }

    /** The counts whose minute is over; a kind that was quiet for a minute is forgotten. */
    List<Line> due(long now) {
        List<Line> summaries = new ArrayList<>();
        for (Iterator<Kind> all = kinds.values().iterator(); all.hasNext();) {
            Kind kind = all.next();
            if (now - kind.windowStart < WINDOW.toNanos()) {
                continue;
            }
            if (kind.more == 0) {
                all.remove();
            } else {
                summaries.add(summary(kind));
                kind.more = 0;
                kind.windowStart = now;
            }
        }
        return summaries;
    }

    /** All counts, whether their minute is over or not. */
    List<Line> rest() {
        List<Line> summaries =
                kinds.values().stream().filter(kind -> kind.more > 0).map(Repeats::summary).toList();
        kinds.clear();
        return summaries;
    }

    private static Line summary(Kind kind) {
        return new Line(
                kind.last.level,
                kind.more == 1 ? kind.last.text : kind.last.text + " (" + kind.more + " such in the last minute)");
    }
}
