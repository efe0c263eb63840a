package org.pocx.aggregator.simulator.chain;

import java.nio.ByteBuffer;
import org.pocx.aggregator.core.mining.NonceSubmission;

/**
 * Which quality each nonce of a plot has in a round: the one truth that the simulated chain judges by and that honest
 * simulated miners mine by, without plotting a byte.
 *
 * <p>A real plot maps a nonce to a quality by hashing; it can be computed in one direction only, and a miner has to scan.
 * Here the map is a <em>bijection</em> on 64 bits, a Feistel network of four rounds keyed by SHA-256 of the generation
 * signature, account, seed and compression level. So
 *
 * <ul>
 *   <li>every nonce of a plot has exactly one quality, and the qualities look uniform over 0 to 2^64-1, as real ones do;
 *   <li>the chain finds a false claim out by computing the quality from the nonce;
 *   <li>a simulated miner draws the quality that a farm of its capacity would have found, and gets the nonce that has it
 *       from the inverse.
 * </ul>
 *
 * <p>Immutable; one instance holds for one plot in one round.
 */
public final class PlotTruth {
    private static final int ROUNDS = 4;

    private final long[] keys = new long[ROUNDS];

    private PlotTruth(byte[] secret) {
        ByteBuffer.wrap(secret).asLongBuffer().get(keys);
    }

    /**
     * The truth about one plot in one round.
     *
     * @param generationSignature 64 lower-case hex characters
     * @param accountId 40 lower-case hex characters
     * @param seed 64 lower-case hex characters
     * @param compression 0 to 255
     * @return what its nonces are worth, found without scanning
     */
    public static PlotTruth of(String generationSignature, String accountId, String seed, int compression) {
        return new PlotTruth(Sha256.of("plot", generationSignature, accountId, seed, compression));
    }

    /** The quality (u64) that the submitted nonce has in the round that it names, whatever it claims. */
    static long rawQuality(NonceSubmission submission) {
        return of(
                submission.generationSignature(),
                submission.accountId(),
                submission.seed(),
                submission.compression())
                .rawQuality(submission.nonce());
    }

    /**
     * {@return the quality of a nonce, u64, lower is better}
     *
     * @param nonce u64
     */
    public long rawQuality(long nonce) {
        int left = (int) (nonce >>> 32);
        int right = (int) nonce;
        for (int round = 0; round < ROUNDS; round++) {
            int next = left ^ mix(right, keys[round]);
            left = right;
            right = next;
        }
        return join(left, right);
    }

    /**
     * {@return the nonce (u64) that has this quality: the inverse of {@link #rawQuality(long)}}
     *
     * @param rawQuality u64
     */
    public long nonceOf(long rawQuality) {
        int left = (int) (rawQuality >>> 32);
        int right = (int) rawQuality;
        for (int round = ROUNDS - 1; round >= 0; round--) {
            int previous = right ^ mix(left, keys[round]);
            right = left;
            left = previous;
        }
        return join(left, right);
    }

    private static long join(int left, int right) {
        return ((long) left << 32) | Integer.toUnsignedLong(right);
    }

    /** 32 bits that depend on every bit of the half and of the key: multiply and fold, twice, by odd constants. */
    private static int mix(int half, long key) {
        long mixed = (Integer.toUnsignedLong(half) ^ key) * 0xD6E8FEB86659FD93L;
        mixed = (mixed ^ (mixed >>> 32)) * 0xA3B195354A39B70DL;
        return (int) (mixed >>> 32);
    }
}
