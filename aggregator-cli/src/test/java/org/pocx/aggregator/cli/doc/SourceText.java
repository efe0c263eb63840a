package org.pocx.aggregator.cli.doc;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement of the code, as far as its messages go.
 *
 * @param code what stands outside of the literals, without comments
 * @param words its string literals; what is joined by a bare plus is one, what a value or {@code {0}} parts are several
 */
record SourceText(String code, List<String> words) {
    private static final Pattern TOKEN = Pattern.compile(
            "//[^\\n]*|(?s:/\\*.*?\\*/)|(?s:\"\"\".*?(?<!\\\\)\"\"\")|\"(?:[^\"\\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\\n]|\\\\.)+'|[;{}]");
    private static final Pattern PLACE = Pattern.compile("\\{\\d}");

    /** The statements of a source file that hold words. */
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
        return literal.substring(1, literal.length() - 1).translateEscapes();
    }

    /** The level that the statement logs at: INFO, WARN, ERROR or another, or nothing where it does not say. */
    String level() {
        if (code.contains(".warn(") || code.contains("Level.WARNING")) {
            return "WARN";
        }
        return code.contains("Level.ERROR") ? "ERROR" : code.contains("Level.INFO") ? "INFO" : "";
    }

    /** Whether it can say this line: each of its parts is within one of the words, in their order. */
    boolean says(LogLine line) {
        if (!line.level().isEmpty() && !level().isEmpty() && !line.level().equals(level())) {
            return false;
        }
        int at = 0;
        for (String part : line.parts()) {
            while (at < words.size() && !words.get(at).contains(part)) {
                at++;
            }
            at++;
        }
        return at <= words.size();
    }
}
