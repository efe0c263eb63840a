package org.pocx.aggregator.cli.doc;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement of the code with its string literals.
 *
 * @param code the text outside of the literals, without comments
 * @param words its string literals; literals that are joined by a plus are one, those separated by a value or {@code {0}} are several
 */
record SourceText(String code, List<String> words) {
    private static final Pattern TOKEN = Pattern.compile(
            "//[^\\n]*|(?s:/\\*.*?\\*/)|(?s:\"\"\".*?(?<!\\\\)\"\"\")|\"(?:[^\"\\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\\n]|\\\\.)+'|[;{}]");
    private static final Pattern LEVEL = Pattern.compile("\\bLevel\\.(INFO|WARNING|ERROR)");
    private static final int FEW_LETTERS = 8;
    private static final Pattern PLACE = Pattern.compile("\\{\\d}");

    /** Returns the statements of a source file that contain literals. */
    static List<SourceText> of(String source) {
        List<SourceText> statements = new ArrayList<>();
        StringBuilder code = new StringBuilder();
        List<String> words = new ArrayList<>();
        Matcher token = TOKEN.matcher(source);
        int from = 0;
        int afterWord = -1;
        while (token.find()) {
            code.append(source, from, token.start());
            from = token.end();
            switch (token.group().charAt(0)) {
                case '"' -> {
                    boolean joined = afterWord >= 0 && code.substring(afterWord).strip().equals("+");
                    String word = token.group().startsWith("\"\"\"") ? "" : inner(token.group());
                    words.add(joined ? words.removeLast() + word : word);
                    afterWord = code.length();
                }
                case ';', '{', '}' -> {
                    add(statements, code.toString(), words);
                    code.setLength(0);
                    words = new ArrayList<>();
                    afterWord = -1;
                }
                default -> {} // a comment or a character
            }
        }
        return statements;
    }

    private static void add(List<SourceText> statements, String code, List<String> words) {
        if (!words.isEmpty()) {
            statements.add(new SourceText(
                    code,
                    words.stream()
                            .flatMap(word -> PLACE.splitAsStream(word))
                            .toList()));
        }
    }

    private static String inner(String literal) {
        return literal.substring(1, literal.length() - 1).replace("\\\"", "\"");
    }

    /** Returns the level that the statement logs at: INFO, WARN, ERROR, or nothing if it is unknown. */
    String level() {
        if (code.contains(".warn(")) {
            return "WARN";
        }
        Matcher level = LEVEL.matcher(code);
        return level.find() ? level.group(1).replace("WARNING", "WARN") : "";
    }

    /** Returns whether it may log at this level. */
    boolean mayBe(String level) {
        return level.isEmpty() || level().isEmpty() || level.equals(level());
    }

    /** Returns how many of the first parts occur in its literals, in this order. */
    int says(List<String> parts) {
        int said = 0;
        for (String word : words) {
            int from = 0;
            while (said < parts.size() && word.indexOf(parts.get(said), from) >= 0) {
                from = word.indexOf(parts.get(said), from) + parts.get(said).length();
                said++;
            }
        }
        return said;
    }

    /** Returns whether it contains one of the parts that are longer than a word. */
    boolean saysAny(List<String> parts) {
        return parts.stream()
                .filter(part -> part.length() > FEW_LETTERS)
                .anyMatch(part -> words.stream().anyMatch(word -> word.contains(part)));
    }

    boolean isWarning() {
        return (level().equals("WARN") || level().equals("ERROR"))
                && words.stream().anyMatch(word -> word.length() > FEW_LETTERS);
    }
}
