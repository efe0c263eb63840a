package org.pocx.aggregator.simulator.chain;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Computes the generation signature of the next block as a node does: SHA-256(SHA-256(signature ‖ account of the winner)).
 * The printed form has the bytes of a signature reversed.
 */
final class SignatureSuccession {
    private SignatureSuccession() {}

    /**
     * The next signature.
     *
     * @param signature 64 hex characters
     * @param accountId of the winner: 40 hex characters
     */
    static String next(String signature, String accountId) {
        byte[] current = HexFormat.of().parseHex(signature);
        reverse(current);
        MessageDigest sha256 = newDigest();
        sha256.update(current);
        byte[] once = sha256.digest(HexFormat.of().parseHex(accountId));
        byte[] next = sha256.digest(once);
        reverse(next);
        return HexFormat.of().formatHex(next);
    }

    private static void reverse(byte[] bytes) {
        for (int i = 0; i < bytes.length / 2; i++) {
            byte first = bytes[i];
            bytes[i] = bytes[bytes.length - 1 - i];
            bytes[bytes.length - 1 - i] = first;
        }
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
