package org.pocx.aggregator.simulator.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Looks at the Authorization header of each request, and keeps the cookie file.
 *
 * <p>Thread-safe: what it expects is one volatile text.
 */
final class DoorKeeper {
    private static final int COOKIE_BYTES = 32;

    private final ServerAuth auth;
    private final SecureRandom random = new SecureRandom();
    private volatile String expected = "";

    DoorKeeper(ServerAuth auth) {
        this.auth = auth;
    }

    /** The server starts: a cookie is written anew. */
    void open() throws IOException {
        expected = switch (auth) {
            case ServerAuth.Open ignored -> "";
            case ServerAuth.Basic basic -> basic(basic.user() + ":" + basic.password());
            case ServerAuth.Bearer bearer -> "Bearer " + bearer.token();
            case ServerAuth.Cookie cookie -> basic(writeCookie(cookie));
        };
    }

    /** The server stops: a cookie is deleted. */
    void close() throws IOException {
        if (auth instanceof ServerAuth.Cookie cookie) {
            Files.deleteIfExists(cookie.file());
        }
    }

    /** Whether a request with this header is answered; the empty string stands for none. */
    boolean admits(String authorization) {
        return auth instanceof ServerAuth.Open || authorization.equals(expected);
    }

    /** What a 401 names as the way in; empty where a server of this kind names none. */
    String challenge() {
        return switch (auth) {
            case ServerAuth.Basic ignored -> "Basic realm=\"jsonrpc\"";
            case ServerAuth.Cookie ignored -> "Basic realm=\"jsonrpc\"";
            case ServerAuth.Bearer ignored -> "";
            case ServerAuth.Open ignored -> "";
        };
    }

    private String writeCookie(ServerAuth.Cookie cookie) throws IOException {
        byte[] secret = new byte[COOKIE_BYTES];
        random.nextBytes(secret);
        String text = "__cookie__:" + HexFormat.of().formatHex(secret);
        Files.writeString(cookie.file(), text);
        return text;
    }

    private static String basic(String userAndPassword) {
        byte[] bytes = userAndPassword.getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(bytes);
    }
}
