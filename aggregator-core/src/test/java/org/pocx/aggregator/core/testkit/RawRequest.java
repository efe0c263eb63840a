package org.pocx.aggregator.core.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JSON-RPC request over HTTP/1.1 as it came from a plain socket, for upstreams that answer it in ways of their own.
 *
 * @param body its bytes as Latin-1 characters; empty when no length was given
 */
public record RawRequest(String body) {
    private static final Pattern LENGTH = Pattern.compile("content-length: *(\\d+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");

    /**
     * Reads one request to its end, and not a byte more.
     *
     * @throws EOFException when the peer closes before its head is there
     */
    public static RawRequest read(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                throw new EOFException("closed");
            }
            head.append((char) c);
        }
        Matcher length = LENGTH.matcher(head);
        return new RawRequest(
                length.find() ? new String(in.readNBytes(Integer.parseInt(length.group(1))), ISO_8859_1) : "");
    }

    /** The id as it stands in the body, or {@code null} as JSON has it when there is no number. */
    public String id() {
        Matcher id = ID.matcher(body);
        return id.find() ? id.group(1) : "null";
    }
}
