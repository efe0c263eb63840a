package org.pocx.aggregator.protocol.server;

import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.protocol.jsonrpc.RpcCodes;
import org.pocx.aggregator.protocol.jsonrpc.RpcError;

/**
 * Checks HTTP Basic credentials (RFC 7617). They are compared with all accepted ones, in constant time, so that the time of
 * an answer reveals nothing.
 */
final class BasicAuthChecker {
    private static final String SCHEME = "Basic ";

    private final List<byte[]> accepted;
    private final @Nullable String sharedUser;

    /** The outcome of a check. */
    sealed interface AuthResult {
        /** @param name the user name; empty if none was sent, or many machines share it */
        record Granted(String name) implements AuthResult {}

        /** @param wrong whether wrong credentials were sent, rather than none */
        record Denied(RpcError error, boolean wrong) implements AuthResult {}
    }

    BasicAuthChecker(MinerLogins logins) {
        this.accepted = logins.accepted().stream()
                .map(login -> sha256((login.username() + ":" + login.password()).getBytes(StandardCharsets.UTF_8)))
                .toList();
        this.sharedUser = logins.sharedUser();
    }

    AuthResult check(Headers request) {
        @Nullable String given = request.getFirst("Authorization");
        byte[] sent = given == null ? new byte[0] : decode(given);
        if (accepted.isEmpty() || isAccepted(sent)) {
            return new AuthResult.Granted(nameOf(sent));
        }
        return given == null
                ? new AuthResult.Denied(
                        new RpcError(RpcCodes.AUTHENTICATION_REQUIRED, "Authentication required"), false)
                : new AuthResult.Denied(new RpcError(RpcCodes.INVALID_AUTHENTICATION, "Invalid authentication"), true);
    }

    /** Compares with each of them, whether or not one was equal before. */
    private boolean isAccepted(byte[] sent) {
        byte[] digest = sha256(sent);
        boolean isAccepted = false;
        for (byte[] expected : accepted) {
            isAccepted |= MessageDigest.isEqual(expected, digest);
        }
        return isAccepted;
    }

    private String nameOf(byte[] sent) {
        String text = new String(sent, StandardCharsets.UTF_8);
        String user = text.substring(0, Math.max(0, text.indexOf(':')));
        return user.equals(sharedUser) ? "" : user;
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
