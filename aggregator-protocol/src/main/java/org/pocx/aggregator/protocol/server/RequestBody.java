package org.pocx.aggregator.protocol.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads request bodies up to a limit. */
final class RequestBody {
    private RequestBody() {}

    /** The whole body; empty when it is longer than the limit, which a declared length tells before a byte is read. */
    static Optional<byte[]> read(HttpExchange exchange, int limit) throws IOException {
        if (declaredLength(exchange) > limit) {
            return Optional.empty();
        }
        byte[] body = exchange.getRequestBody().readNBytes(limit + 1);
        return body.length > limit ? Optional.empty() : Optional.of(body);
    }

    /** The declared length, or 0 where there is none (chunked). The engine has refused what is no number. */
    private static long declaredLength(HttpExchange exchange) {
        @Nullable String header = exchange.getRequestHeaders().getFirst("Content-Length");
        return header == null ? 0 : Long.parseLong(header);
    }
}
