package org.pocx.aggregator.dashboard.live;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Server-sent events as bytes (WHATWG HTML, "Server-sent events"). JSON as the generator writes it has no line breaks.
 */
final class Message {
    private Message() {}

    /** What a client gets first: how soon to come back when the stream ends. */
    static byte[] retryAfter(long millis) {
        return ("retry: " + millis + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    /** An event of that name; the id is what the client says when it comes back. */
    static byte[] of(String name, long id, byte[] json) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(json.length + 64);
        bytes.writeBytes(("id: " + id + "\nevent: " + name + "\ndata: ").getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(json);
        bytes.writeBytes("\n\n".getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }
}
