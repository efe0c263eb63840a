package org.pocx.aggregator.protocol.server;

import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.protocol.jsonrpc.RpcCodes;
import org.pocx.aggregator.protocol.jsonrpc.RpcError;

/**
 * Checks HTTP Basic credentials (RFC 7617). The comparison takes constant time, so that the time of an answer reveals
 * nothing.
 */
final class BasicAuthChecker {
    private static final String SCHEME = "Basic ";

    private final Optional<Expected> expected;

    @SuppressWarnings("ArrayRecordComponent") // compared in constant time, below, and never as a record
    private record Expected(byte[] digest, String username) {}

    /** The outcome of a check. */
    sealed interface AuthResult {
        /** @param label the user name; empty if no credentials are required */
        record Granted(String label) implements AuthResult {}

        /** @param wrong whether wrong credentials were sent, rather than none */
        record Denied(RpcError error, boolean wrong) implements AuthResult {}
    }

    BasicAuthChecker(Optional<BasicCredentials> credentials) {
        this.expected = credentials.map(known -> new Expected(
                sha256((known.username() + ":" + known.password()).getBytes(StandardCharsets.UTF_8)),
                known.username()));
    }

    AuthResult check(Headers request) {
        if (expected.isEmpty()) {
            return new AuthResult.Granted("");
        }
        @Nullable String given = request.getFirst("Authorization");
        if (given == null) {
            return new AuthResult.Denied(new RpcError(RpcCodes.AUTHENTICATION_REQUIRED, "Authentication required"),
                    false);
        }
        return MessageDigest.isEqual(expected.get().digest(), sha256(decode(given)))
                ? new AuthResult.Granted(expected.get().username())
                : new AuthResult.Denied(new RpcError(RpcCodes.INVALID_AUTHENTICATION, "Invalid authentication"), true);
    }

    /** The user name and password as sent; empty if the header is malformed, which matches no credentials. */
    private static byte[] decode(String header) {
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return new byte[0];
        }
        try {
            return Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
