package org.pocx.aggregator.protocol.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads request bodies up to a limit. */
final class BodyReader {
    /** Read without a reservation: more than one submission needs. */
    private static final int FREE_BYTES = 1024;

    private static final int PIECE_BYTES = 8 * 1024;

    private BodyReader() {}

    /**
     * Reads the whole body. Returns empty if it is longer than the limit; with a Content-Length this is known before a
     * byte is read.
     *
     * @param reservation counts all bytes beyond the first {@value #FREE_BYTES}
     */
    static Optional<byte[]> read(HttpExchange exchange, int limit, BodyMemory.Reservation reservation)
            throws IOException {
        if (declaredLength(exchange) > limit) {
            return Optional.empty();
        }
        InputStream in = exchange.getRequestBody();
        byte[] start = in.readNBytes(Math.min(limit + 1, FREE_BYTES));
        byte[] body = start.length < FREE_BYTES ? start : whole(start, in, limit, reservation);
        return body.length > limit ? Optional.empty() : Optional.of(body);
    }

    private static byte[] whole(byte[] start, InputStream in, int limit, BodyMemory.Reservation reservation)
            throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream(2 * start.length);
        body.write(start);
        for (byte[] piece = start; piece.length > 0 && body.size() <= limit; body.write(piece)) {
            int wanted = Math.min(limit + 1 - body.size(), PIECE_BYTES);
            reservation.take(wanted);
            piece = in.readNBytes(wanted);
        }
        return body.toByteArray();
    }

    /** The declared length, or 0 if there is none (chunked). The engine has rejected values that are not numbers. */
    private static long declaredLength(HttpExchange exchange) {
        @Nullable String header = exchange.getRequestHeaders().getFirst("Content-Length");
        return header == null ? 0 : Long.parseLong(header);
    }
}
