package org.pocx.aggregator.http;

import com.sun.net.httpserver.Headers;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A request without its body.
 *
 * @param path the path of the URI; never null
 * @param modern whether it is HTTP/1.1, not 1.0
 * @param bodyLength in bytes; {@link #CHUNKED} if the body is chunked
 */
record RequestHead(String method, URI uri, String path, boolean modern, Headers fields, long bodyLength) {
    static final long CHUNKED = -1;

    String protocol() {
        return modern ? "HTTP/1.1" : "HTTP/1.0";
    }

    boolean isHead() {
        return method.equals("HEAD");
    }

    /** Whether the peer waits for "100 Continue" before it sends the body. */
    boolean expectsContinue() {
        return fields.containsKey("Expect");
    }

    /** Whether the peer wants to keep the connection open. */
    boolean keepAlive() {
        return !connectionHas("close") && (modern || connectionHas("keep-alive"));
    }

    private boolean connectionHas(String token) {
        @Nullable Iterable<String> lines = fields.get("Connection");
        if (lines == null) {
            return false;
        }
        for (String line : lines) {
            for (String one : line.split(",", -1)) {
                if (one.strip().equalsIgnoreCase(token)) {
                    return true;
                }
            }
        }
        return false;
    }
}
