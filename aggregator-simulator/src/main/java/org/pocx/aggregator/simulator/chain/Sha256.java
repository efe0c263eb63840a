package org.pocx.aggregator.simulator.chain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of a few words, each ended by a zero byte so that no two lists of words read the same. */
final class Sha256 {
    private Sha256() {}

    static byte[] of(Object... words) {
        MessageDigest digest = newDigest();
        for (Object word : words) {
            digest.update(word.toString().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
        return digest.digest();
    }

    /** The digest as 64 lower-case hex characters. */
    static String hex(Object... words) {
        return HexFormat.of().formatHex(of(words));
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
