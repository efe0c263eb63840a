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
 * Summarises repeated lines: the first line of a kind is logged at once, those that follow within a minute as one line
 * with a count.
 *
 * <p>Not thread-safe: the thread of {@link QueuedLog} owns it. After {@value #MAX_KINDS} kinds, new kinds whose names
 * have the same first word are counted together, for example the rejections of all machines.
 */
final class LogRateLimiter {
    static final Duration WINDOW = Duration.ofMinutes(1);
    static final int MAX_KINDS = 256;

    private final Map<String, Kind> kinds = new LinkedHashMap<>();

    /** The lines of one kind in the current window: the last one, and how many there were after the first. */
    private static final class Kind {
        private long windowStart;
        private long repeated;
        private Line last;

        Kind(long now, Line first) {
            windowStart = now;
            last = first;
        }

        Line summary() {
            return repeated == 1
                    ? last
                    : new Line(last.level, last.text + " (" + repeated + " such in the last minute)");
        }
    }

    /** A line to log. */
    record Line(Level level, String text) {}

    /**
     * Takes a line.
     *
     * @param now nanoseconds of a monotonic clock
     * @return the line when it is to be logged now
     */
    Optional<Line> take(String name, Line line, long now) {
        String key = kinds.containsKey(name) || kinds.size() < MAX_KINDS ? name : name.split(" ", 2)[0];
        Kind kind = kinds.get(key);
        if (kind != null) {
            kind.repeated++;
            kind.last = line;
            return Optional.empty();
        }
        if (kinds.size() < 2 * MAX_KINDS) {
            kinds.put(key, new Kind(now, line));
        }
        return Optional.of(line);
    }

    /** Returns the summaries of windows that have ended. A kind without a repetition in its window is forgotten. */
    List<Line> due(long now) {
        List<Line> summaries = new ArrayList<>();
        for (Iterator<Kind> all = kinds.values().iterator(); all.hasNext();) {
            Kind kind = all.next();
            if (now - kind.windowStart < WINDOW.toNanos()) {
                continue;
            }
            if (kind.repeated == 0) {
                all.remove();
            } else {
                summaries.add(kind.summary());
                kind.repeated = 0;
                kind.windowStart = now;
            }
        }
        return summaries;
    }

    /** Returns all summaries, also those of windows that have not ended, and forgets all kinds. */
    List<Line> rest() {
        List<Line> summaries =
                kinds.values().stream().filter(kind -> kind.repeated > 0).map(Kind::summary).toList();
        kinds.clear();
        return summaries;
    }
}
