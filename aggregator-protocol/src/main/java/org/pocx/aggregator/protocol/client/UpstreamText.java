package org.pocx.aggregator.protocol.client;

/** Text that an upstream sent, made fit for logs and pages: one line of limited length. */
final class UpstreamText {
    static final int MAX_CHARS = 300;

    private UpstreamText() {}

    /** Cut to {@value #MAX_CHARS} characters, with a question mark for whatever is not visible. */
    static String clean(String text) {
        StringBuilder out = new StringBuilder();
        text.strip()
                .codePoints()
                .limit(MAX_CHARS)
                .map(c -> isVisible(c) ? c : '?')
                .forEach(out::appendCodePoint);
        return out.toString();
    }

    private static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED ->
                false;
            default -> true;
        };
    }
}
