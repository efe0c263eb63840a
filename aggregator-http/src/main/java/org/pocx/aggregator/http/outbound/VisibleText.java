package org.pocx.aggregator.http.outbound;

/** Makes text from outside safe for messages. */
final class VisibleText {
    private static final int MAX_CHARS = 100;

    private VisibleText() {}

    /** Returns one line of limited length, with a question mark for everything but printable ASCII. */
    static String of(String text) {
        String visible = text.strip().replaceAll("[^\\x20-\\x7e]", "?");
        return visible.length() > MAX_CHARS ? visible.substring(0, MAX_CHARS) + "..." : visible;
    }

    /** Returns the message of an exception; its class name when it has no message. */
    static String of(Throwable failure) {
        String message = failure.getMessage();
        return of(message == null ? failure.getClass().getSimpleName() : message);
    }
}
