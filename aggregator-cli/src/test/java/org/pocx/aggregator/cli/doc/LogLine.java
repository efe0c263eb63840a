package org.pocx.aggregator.cli.doc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of the log as quoted in a document.
 *
 * @param level INFO, WARN or ERROR, or nothing
 * @param parts the texts between its "…" and colons, at least one
 */
record LogLine(String level, List<String> parts) {
    private static final Pattern LEVEL = Pattern.compile("(INFO|WARN|ERROR) +(.*)");

    private static final SourceText NOTHING = new SourceText("", List.of());

    /** A placeholder for a value, and the places where texts are usually joined. */
    private static final Pattern SEAM = Pattern.compile("…|(?<=: )|(?=: )|(?= \\()");

    /** A row of a table whose first cell is a quotation. */
    private static final Pattern ROW = Pattern.compile("\\| `([^`]*)` \\|.*");

    /** Returns the lines in the text blocks of a document, and in the first cells of its tables. */
    static List<String> quoted(List<String> document) {
        List<String> lines = new ArrayList<>();
        boolean quoted = false;
        for (String line : document) {
            String text = line.strip();
            Matcher row = ROW.matcher(text);
            if (text.startsWith("```")) {
                quoted = text.equals("```text");
            } else if (quoted) {
                lines.add(text);
            } else if (row.matches()) {
                lines.add(row.group(1));
            }
        }
        return lines;
    }

    static LogLine parse(String text) {
        Matcher level = LEVEL.matcher(text);
        String words = level.matches() ? level.group(2) : text;
        return new LogLine(
                level.matches() ? level.group(1) : "",
                Arrays.stream(SEAM.split(words))
                        .map(String::strip)
                        .filter(part -> !part.isEmpty())
                        .toList());
    }

    /** Returns whether the statements of one file contain it, each at most one stretch, the first one at its level. */
    boolean isSaidBy(List<SourceText> file) {
        List<SourceText> unused = new ArrayList<>(file);
        int said = 0;
        int stretch = 1;
        while (stretch > 0 && said < parts.size()) {
            stretch = takeLongest(unused, said);
            said += stretch;
        }
        return said == parts.size();
    }

    /** Removes the statement that contains the most parts from this one on, and returns their number. */
    private int takeLongest(List<SourceText> unused, int from) {
        List<String> rest = parts.subList(from, parts.size());
        SourceText longest = unused.stream()
                .filter(statement -> from > 0 || statement.mayBe(level))
                .max(Comparator.comparingInt(statement -> statement.says(rest)))
                .orElse(NOTHING);
        unused.remove(longest);
        return longest.says(rest);
    }
}
