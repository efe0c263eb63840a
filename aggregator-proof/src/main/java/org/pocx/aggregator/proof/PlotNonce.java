package org.pocx.aggregator.proof;

/**
 * A nonce of a plot.
 *
 * @param accountId the plot's account: 40 hexadecimal digits, in lower or upper case
 * @param seed the plot's seed: 64 hexadecimal digits
 * @param nonce the number of the nonce, unsigned
 * @param compression the plot's compression: 0 to {@value #MAX_COMPRESSION}
 */
public record PlotNonce(String accountId, String seed, long nonce, int compression) {
    /** The highest compression that is computed. Each level doubles the work. */
    public static final int MAX_COMPRESSION = 6;

    /**
     * Checks the fields.
     *
     * @throws IllegalArgumentException naming the field that is not as described
     */
    public PlotNonce {
        Bytes.ofHex("account_id", accountId, 20);
        Bytes.ofHex("seed", seed, 32);
        if (compression < 0 || compression > MAX_COMPRESSION) {
            throw new IllegalArgumentException("compression must be 0 to " + MAX_COMPRESSION);
        }
    }

    /**
     * Returns how many uncompressed nonces must be computed for this one.
     *
     * @return 2^compression: 1 to 64
     */
    public int parts() {
        return 1 << compression;
    }
}
