package org.pocx.aggregator.simulator.chain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of several values. Each value is followed by a zero byte, so that different lists give different input. */
final class Sha256 {
    private Sha256() {}

    static byte[] of(Object... values) {
        MessageDigest digest = newDigest();
        for (Object value : values) {
            digest.update(value.toString().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
        return digest.digest();
    }

    /** The digest as 64 lower-case hex characters. */
    static String hex(Object... values) {
        return HexFormat.of().formatHex(of(values));
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
