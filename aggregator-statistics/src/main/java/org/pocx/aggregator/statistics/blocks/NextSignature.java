package org.pocx.aggregator.statistics.blocks;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The generation signature that follows another one, depending on the account that wins (protocol, section 1):
 * SHA-256(SHA-256(g ‖ a)), with the 32 bytes of the signature and the 20 bytes of the account. A node prints both
 * signatures with their bytes reversed. For one use by one thread, with as many accounts as wanted.
 */
final class NextSignature {
    private static final HexFormat HEX = HexFormat.of();

    private final byte[] signature;
    private final MessageDigest sha256;

    /** @param signature as the upstream announced it: 64 hex characters */
    NextSignature(String signature) {
        this.signature = reversed(HEX.parseHex(signature));
        this.sha256 = sha256();
    }

    /**
     * The signature of the next block if this account wins, as an upstream announces it.
     *
     * @param accountId 40 hex characters
     * @return 64 lower-case hex characters
     */
    String ifWonBy(String accountId) {
        sha256.update(signature);
        byte[] once = sha256.digest(HEX.parseHex(accountId));
        return HEX.formatHex(reversed(sha256.digest(once)));
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
