package org.pocx.aggregator.protocol.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Base64;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/** Builds the Authorization header from the current credentials. Stateless: a cookie file is read for each request. */
final class Authorization {
    private static final int MAX_COOKIE_BYTES = 4096;

    private final Credentials credentials;

    Authorization(Credentials credentials) {
        this.credentials = credentials;
    }

    /** The header to send, or the reason why there is none. */
    sealed interface Header {
        /** @param value the header's value; empty when no header is sent */
        record Value(String value) implements Header {
            @Override
            public String toString() {
                return "Value[***]";
            }
        }

        /** The credentials are not available now. */
        record Missing(UpstreamTrouble trouble) implements Header {}
    }

    Header header() {
        return switch (credentials) {
            case Credentials.None none -> new Header.Value("");
            case Credentials.Bearer bearer -> new Header.Value("Bearer " + bearer.token());
            case Credentials.Basic basic -> basic(basic.username() + ":" + basic.password());
            case Credentials.CookieFile cookie -> fromCookie(cookie.path());
        };
    }

    /** See {@link org.pocx.aggregator.core.upstream.Upstream#credentialsStamp()}. */
    String stamp() {
        return credentials instanceof Credentials.CookieFile cookie ? stampOf(cookie.path()) : "";
    }

    private static String stampOf(Path path) {
        try {
            BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
            return file.lastModifiedTime() + "/" + file.size();
        } catch (IOException missing) {
            return "missing";
        }
    }

    private static Header fromCookie(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            String line = new String(in.readNBytes(MAX_COOKIE_BYTES), StandardCharsets.UTF_8).strip();
            return line.indexOf(':') < 0
                    ? notRunning("its cookie file " + path + " has no user:password yet")
                    : basic(line);
        } catch (NoSuchFileException notFound) {
            return notRunning("its cookie file " + path + " does not exist");
        } catch (IOException unreadable) {
            return new Header.Missing(UpstreamTrouble.unauthorized(
                    "cookie file " + path + " cannot be read (" + unreadable.getClass().getSimpleName()
                            + "): allow this program's user to read it"));
        }
    }

    private static Header basic(String userAndPassword) {
        return new Header.Value("Basic "
                + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8)));
    }

    /** A node writes its cookie file when it starts and deletes it when it stops. */
    private static Header notRunning(String cause) {
        return new Header.Missing(UpstreamTrouble.connectionRefused("the node is not running: " + cause));
    }
}
