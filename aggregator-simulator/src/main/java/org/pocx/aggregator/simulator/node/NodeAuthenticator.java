package org.pocx.aggregator.simulator.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Checks the Authorization header of each request, and writes and deletes the cookie file.
 *
 * <p>Thread-safe: the expected header is its only state, in a volatile field.
 */
final class NodeAuthenticator {
    private static final int COOKIE_BYTES = 32;

    private final Optional<Path> cookieFile;
    private final SecureRandom random = new SecureRandom();
    private volatile String expected;

    /**
     * @param authorization the expected header; empty when every request is authorized
     * @param cookieFile if present, its content replaces the expected header
     */
    NodeAuthenticator(String authorization, Optional<Path> cookieFile) {
        this.expected = authorization;
        this.cookieFile = cookieFile;
    }

    /** Writes a new cookie, when the server starts. */
    void start() throws IOException {
        if (cookieFile.isPresent()) {
            byte[] secret = new byte[COOKIE_BYTES];
            random.nextBytes(secret);
            String cookie = "__cookie__:" + HexFormat.of().formatHex(secret);
            Files.writeString(cookieFile.get(), cookie);
            expected = "Basic " + Base64.getEncoder().encodeToString(cookie.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Deletes the cookie, when the server stops. */
    void stop() throws IOException {
        if (cookieFile.isPresent()) {
            Files.deleteIfExists(cookieFile.get());
        }
    }

    /** Whether a request with this header is authorized; empty stands for no header. */
    boolean isAuthorized(String authorization) {
        return expected.isEmpty() || expected.equals(authorization);
    }

    /** The WWW-Authenticate header of a 401; empty for none. */
    Optional<String> challenge() {
        return expected.startsWith("Basic ") ? Optional.of("Basic realm=\"jsonrpc\"") : Optional.empty();
    }
}
