package org.pocx.aggregator.dashboard.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/**
 * The body of a response.
 *
 * @param type the media type
 * @param body the bytes, which must not be changed
 * @param tag the entity tag of these bytes; empty if they must not be cached
 */
@SuppressWarnings("ArrayRecordComponent") // passed from one method to the next, never compared
public record Content(String type, byte[] body, String tag) {

    /** Plain text. */
    public static Content text(String text) {
        return new Content("text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8), "");
    }

    /** JSON, as UTF-8. */
    public static Content json(byte[] json) {
        return new Content("application/json", json, "");
    }

    /** A resource next to a class. It does not change while the program runs. */
    public static Content resource(Class<?> beside, String name, String type) {
        try (InputStream in = Objects.requireNonNull(beside.getResourceAsStream(name), name)) {
            byte[] body = in.readAllBytes();
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            return new Content(type, body, '"' + HexFormat.of().formatHex(digest, 0, 8) + '"');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
