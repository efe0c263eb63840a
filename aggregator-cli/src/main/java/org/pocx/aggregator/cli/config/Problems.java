package org.pocx.aggregator.cli.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The faults that were found in one file. Not thread-safe: used while one file is read. */
final class Problems {
    private static final int SHOWN = 3;
    private static final int MAX_VALUE_CHARS = 60;

    private final String file;
    private final List<Found> found = new ArrayList<>();

    private record Found(int line, Supplier<String> message) {}

    Problems(String file) {
        this.file = file;
    }

    void add(int line, String message) {
        add(line, () -> message);
    }

    /** Adds a fault whose message is expensive: it is built only if it is shown. */
    void add(int line, Supplier<String> message) {
        found.add(new Found(line, message));
    }

    /** @throws ConfigException when there are faults, with the first ones in the order of the file, and the number of the others */
    void throwIfAny() {
        if (found.isEmpty()) {
            return;
        }
        List<String> lines = new ArrayList<>(found.stream()
                .sorted((a, b) -> Integer.compare(a.line, b.line))
                .limit(SHOWN)
                .map(one -> file + ":" + one.line + ": " + one.message.get())
                .toList());
        if (found.size() > SHOWN) {
            lines.add("… and " + (found.size() - SHOWN) + " more");
        }
        throw new ConfigException(String.join(System.lineSeparator(), lines));
    }

    /** Returns a value of the file in quotes, safe for a message. */
    static String quote(String value) {
        return "\"" + clean(value) + "\"";
    }

    /** Returns a value of the file, safe for a message: one line of limited length. */
    static String clean(String value) {
        String clean = value.replaceAll("\\p{Cntrl}", "?");
        return clean.length() > MAX_VALUE_CHARS ? clean.substring(0, MAX_VALUE_CHARS) + "…" : clean;
    }
}
