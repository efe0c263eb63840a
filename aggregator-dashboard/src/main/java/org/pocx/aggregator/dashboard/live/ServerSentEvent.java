package org.pocx.aggregator.dashboard.live;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Server-sent events as bytes (WHATWG HTML, "Server-sent events"). The JSON must not contain line breaks. */
final class ServerSentEvent {
    private ServerSentEvent() {}

    /** The first message of a stream: the delay before the client reconnects. */
    static byte[] retryAfter(long millis) {
        return ("retry: " + millis + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    /** An event with a name. The client sends the id when it reconnects. */
    static byte[] of(String name, long id, byte[] json) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(json.length + 64);
        bytes.writeBytes(("id: " + id + "\nevent: " + name + "\ndata: ").getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(json);
        bytes.writeBytes("\n\n".getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }
}
