package org.pocx.aggregator.protocol.server;

import com.sun.net.httpserver.Headers;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the name that a miner gives itself: {@code X-Miner}, else {@code X-Minername}, else its Basic user name. */
final class RequestedName {
    private static final List<String> HEADERS = List.of("X-Miner", "X-Minername");

    private RequestedName() {}

    /**
     * Returns the name without surrounding blanks; empty if the miner gives none.
     *
     * @param user the Basic user name, or empty
     */
    static String of(Headers request, String user) {
        for (String header : HEADERS) {
            @Nullable String given = request.getFirst(header);
            if (given != null && !given.isBlank()) {
                return utf8(given.strip());
            }
        }
        return user.strip();
    }

    /** Headers are read as ISO 8859-1; a value that is UTF-8 is meant as such. */
    private static String utf8(String value) {
        if (value.chars().allMatch(c -> c < 0x80)) {
            return value;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException latin1) {
            return value;
        }
    }
}
