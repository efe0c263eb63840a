package org.pocx.aggregator.cli.doc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of the log as a document quotes it.
 *
 * @param level INFO, WARN or ERROR, or nothing
 * @param parts what stands between its "…", at least one
 */
record LogLine(String level, List<String> parts) {
    private static final Pattern LEVEL = Pattern.compile("(INFO|WARN|ERROR) +(.*)");

    /** A row of a table whose first cell is a quotation. */
    private static final Pattern ROW = Pattern.compile("\\| `([^`]*)` \\|.*");

    /** The lines in a document's blocks of text, and at the head of its tables' rows. */
    static List<LogLine> of(List<String> document) {
        List<LogLine> lines = new ArrayList<>();
        boolean quoted = false;
        for (String line : document) {
            String text = line.strip();
            Matcher row = ROW.matcher(text);
            if (text.startsWith("```")) {
                quoted = text.equals("```text");
            } else if (quoted) {
                lines.add(parse(text));
            } else if (row.matches()) {
                lines.add(parse(row.group(1)));
            }
        }
        return lines;
    }

    private static LogLine parse(String text) {
        Matcher level = LEVEL.matcher(text);
        String words = level.matches() ? level.group(2) : text;
        List<String> parts =
                Arrays.stream(words.split("…")).filter(part -> !part.isBlank()).toList();
        return new LogLine(level.matches() ? level.group(1) : "", parts);
    }
}
