package org.pocx.aggregator.protocol.client;

/** Makes text from outside safe for logs and pages: one line of limited length with visible characters only. */
final class MessageSanitizer {
    static final int MAX_CHARS = 300;

    private MessageSanitizer() {}

    /** Cuts the text to {@value #MAX_CHARS} characters and replaces each invisible character by a question mark. */
    static String sanitize(String text) {
        StringBuilder out = new StringBuilder();
        text.strip()
                .codePoints()
                .limit(MAX_CHARS)
                .map(c -> isVisible(c) ? c : '?')
                .forEach(out::appendCodePoint);
        return out.toString();
    }

    /** Returns the sanitized message of an exception; its class name when it has no message. */
    static String sanitize(Throwable failure) {
        String message = failure.getMessage();
        return sanitize(message == null ? failure.getClass().getSimpleName() : message);
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
