package org.pocx.aggregator.cli.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The faults found in one file. Not thread-safe: it lives within one reading. */
final class Problems {
    private static final int SHOWN = 3;
    private static final int MAX_VALUE_CHARS = 60;

    private final String file;
    private final List<Found> found = new ArrayList<>();

    private record Found(int line, Supplier<String> words) {}

    Problems(String file) {
        this.file = file;
    }

    void add(int line, String words) {
        add(line, () -> words);
    }

    /** For words that take time to find: they are asked for if they are shown. */
    void add(int line, Supplier<String> words) {
        found.add(new Found(line, words));
    }

    /** @throws ConfigException when there are any: the first few in the order of the file, and how many more */
    void throwIfAny() {
        if (found.isEmpty()) {
            return;
        }
        List<String> lines = new ArrayList<>(found.stream()
                .sorted((a, b) -> Integer.compare(a.line, b.line))
                .limit(SHOWN)
                .map(one -> file + ":" + one.line + ": " + one.words.get())
                .toList());
        if (found.size() > SHOWN) {
            lines.add("… and " + (found.size() - SHOWN) + " more");
        }
        throw new ConfigException(String.join(System.lineSeparator(), lines));
    }

    /** A value of the file as it may stand in a message, in quotes. */
    static String quote(String value) {
        return "\"" + clean(value) + "\"";
    }

    /** A value of the file as it may stand in a message: one line of limited length. */
    static String clean(String value) {
        String clean = value.replaceAll("\\p{Cntrl}", "?");
        return clean.length() > MAX_VALUE_CHARS ? clean.substring(0, MAX_VALUE_CHARS) + "…" : clean;
    }
}
