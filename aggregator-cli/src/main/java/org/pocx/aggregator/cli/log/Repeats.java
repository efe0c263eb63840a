package org.pocx.aggregator.cli.log;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Summarises what repeats: the first line of a kind is told at once, those that follow within a minute as one count.
 *
 * <p>Not thread-safe: {@link QueuedLog}'s thread owns it. It remembers {@value #MAX_KINDS} kinds at most; further ones are
 * taken together with all whose name has the same first word, such as what was rejected of whatever machine.
 */
final class Repeats {
    static final Duration WINDOW = Duration.ofMinutes(1);
    static final int MAX_KINDS = 256;

    private final Map<String, Kind> kinds = new LinkedHashMap<>();

    /** By the first word of the name; the program knows few. */
    private final Map<String, Kind> families = new LinkedHashMap<>();

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
        boolean room = kinds.containsKey(name) || kinds.size() < MAX_KINDS;
        Map<String, Kind> known = room ? kinds : families;
        String key = room ? name : firstWord(name);
        Kind kind = known.get(key);
        if (kind != null) {
            kind.more++;
            kind.last = line;
            return Optional.empty();
        }
        if (known.size() < MAX_KINDS) {
            known.put(key, new Kind(now, line));
        }
        return Optional.of(line);
    }

    private static String firstWord(String name) {
        int blank = name.indexOf(' ');
        return blank < 0 ? name : name.substring(0, blank);
    }

    /** The counts whose minute is over; a kind that was quiet for a minute is forgotten. */
    List<Line> due(long now) {
        List<Line> summaries = new ArrayList<>();
        due(kinds, now, summaries);
        due(families, now, summaries);
        return summaries;
    }

    private static void due(Map<String, Kind> known, long now, List<Line> summaries) {
        for (Iterator<Kind> all = known.values().iterator(); all.hasNext();) {
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
    }

    /** All counts, whether their minute is over or not. */
    List<Line> rest() {
        List<Line> summaries = Stream.concat(kinds.values().stream(), families.values().stream())
                .filter(kind -> kind.more > 0)
                .map(Repeats::summary)
                .toList();
        kinds.clear();
        families.clear();
        return summaries;
    }

    private static Line summary(Kind kind) {
        return new Line(
                kind.last.level,
                kind.more == 1 ? kind.last.text : kind.last.text + " (" + kind.more + " such in the last minute)");
    }
}
