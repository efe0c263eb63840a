package org.pocx.aggregator.http.outbound;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of a proxy's response.
 *
 * @param status 100 to 999
 * @param reason the text after the status; may be empty
 * @param fields the header fields, one line each
 */
record ProxyResponseHead(int status, String reason, String fields) {
    private static final int MAX_BYTES = 16 * 1024;
    private static final Pattern HEAD =
            Pattern.compile("HTTP/1\\.[01] ([1-9][0-9]{2})(?: ([^\\r\\n]*))?\\r?\\n(?s:(.*))");

    /** Reads a head, and not a byte more. Empty when what comes is not one. */
    static Optional<ProxyResponseHead> read(HandshakeStream stream) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int lineLength = 0;
        while (bytes.size() < MAX_BYTES) {
            int next = stream.read();
            bytes.write(next);
            if (bytes.size() == 1 && next != 'H') {
                return Optional.empty();
            }
            if (next == '\n' && lineLength == 0) {
                return parse(bytes.toString(ISO_8859_1));
            }
            lineLength = next == '\n' ? 0 : next == '\r' ? lineLength : lineLength + 1;
        }
        return Optional.empty();
    }

    private static Optional<ProxyResponseHead> parse(String head) {
        Matcher parts = HEAD.matcher(head);
        return parts.matches()
                ? Optional.of(new ProxyResponseHead(
                        Integer.parseInt(parts.group(1)),
                        parts.group(2) == null ? "" : parts.group(2),
                        parts.group(3)))
                : Optional.empty();
    }

    /** Returns the first value of a field. */
    Optional<String> field(String name) {
        String start = name.toLowerCase(Locale.ROOT) + ":";
        return fields.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                .map(line -> line.substring(start.length()).strip())
                .findFirst();
    }
}
