package org.pocx.aggregator.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The body of an answer.
 *
 * @param type its media type
 * @param body its bytes; nobody changes them
 */
@SuppressWarnings("ArrayRecordComponent") // passed from one method to the next, never compared
record Content(String type, byte[] body) {

    static Content text(String text) {
        return new Content("text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    static Content json(byte[] json) {
        return new Content("application/json", json);
    }

    /** A file that lies beside this class. */
    static Content resource(String name, String type) {
        try (InputStream in = Objects.requireNonNull(Content.class.getResourceAsStream(name), name)) {
            return new Content(type, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
