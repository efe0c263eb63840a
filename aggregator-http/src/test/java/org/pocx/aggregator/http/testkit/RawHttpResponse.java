package org.pocx.aggregator.http.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A response as it came over the wire.
 *
 * @param status the status code
 * @param headers the values by the field's name in lower case; several lines of one name are joined with ", "
 * @param body the content without its transfer coding, as UTF-8
 */
public record RawHttpResponse(int status, Map<String, String> headers, String body) {
    /** Whether a final response follows this one (RFC 9110, 15.2). */
    public boolean isInterim() {
        return status < 200;
    }

    /** Whether the server says that the connection ends with this response. */
    public boolean closes() {
        return List.of(headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT).split(" *, *", -1))
                .contains("close");
    }

    static RawHttpResponse of(int status, Map<String, String> headers, byte[] body) {
        return new RawHttpResponse(status, Map.copyOf(headers), new String(body, UTF_8));
    }
}
