package org.pocx.aggregator.protocol.server;

import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.protocol.jsonrpc.RpcCodes;
import org.pocx.aggregator.protocol.jsonrpc.RpcError;

/** Checks HTTP Basic credentials (RFC 7617), in a time that tells nothing about how near a guess was. */
final class BasicAuth {
    private static final String SCHEME = "Basic ";

    private final @Nullable Expected expected;

    @SuppressWarnings("ArrayRecordComponent") // compared in constant time, below, and never as a record
    private record Expected(byte[] digest, String username) {}

    /** The outcome of a check. */
    sealed interface Access {
        /** @param label the user name, or empty where none is asked for */
        record Granted(String label) implements Access {}

        /** @param guessed whether credentials were shown, and wrong ones */
        record Denied(RpcError error, boolean guessed) implements Access {}
    }

    /** @param credentials what everyone has to show; null lets everyone in */
    BasicAuth(@Nullable BasicCredentials credentials) {
        this.expected = credentials == null
                ? null
                : new Expected(
                        sha256((credentials.username() + ":" + credentials.password())
                                .getBytes(StandardCharsets.UTF_8)),
                        credentials.username());
    }

    Access check(Headers request) {
        if (expected == null) {
            return new Access.Granted("");
        }
        @Nullable String given = request.getFirst("Authorization");
        if (given == null) {
            return new Access.Denied(new RpcError(RpcCodes.AUTHENTICATION_REQUIRED, "Authentication required"), false);
        }
        return MessageDigest.isEqual(expected.digest(), sha256(decode(given)))
                ? new Access.Granted(expected.username())
                : new Access.Denied(new RpcError(RpcCodes.INVALID_AUTHENTICATION, "Invalid authentication"), true);
    }

    /** The user name and password as sent; nothing where the header is out of form, which no credentials equal. */
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
