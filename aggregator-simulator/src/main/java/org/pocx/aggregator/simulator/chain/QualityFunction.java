package org.pocx.aggregator.simulator.chain;

import java.nio.ByteBuffer;
import org.pocx.aggregator.core.mining.NonceSubmission;

/**
 * Computes the quality of each nonce of one plot in one round, without a plot file. The simulated chain validates with it,
 * and honest simulated machines find their nonces with it.
 *
 * <p>A real plot maps a nonce to a quality by hashing. That cannot be inverted, so a miner has to scan. This function is a
 * <em>bijection</em> on 64 bits: a Feistel network of four rounds, with keys from SHA-256 of the generation signature,
 * account, seed and compression level. So
 *
 * <ul>
 *   <li>every nonce of a plot has exactly one quality, and the qualities look uniformly distributed over 0 to 2^64-1, as
 *       real ones do;
 *   <li>the chain detects a false claim by computing the quality from the nonce;
 *   <li>a simulated machine draws a random quality that fits its capacity, and computes the nonce that has it.
 * </ul>
 *
 * <p>Immutable.
 */
public final class QualityFunction {
    private static final int ROUNDS = 4;

    private final long[] keys = new long[ROUNDS];

    private QualityFunction(byte[] secret) {
        ByteBuffer.wrap(secret).asLongBuffer().get(keys);
    }

    /**
     * Returns the function of a plot in a round.
     *
     * @param generationSignature names the round: 64 lower-case hex characters
     * @param accountId 40 lower-case hex characters
     * @param seed 64 lower-case hex characters
     * @param compression 0 to 255
     * @return the function
     */
    public static QualityFunction of(String generationSignature, String accountId, String seed, int compression) {
        return new QualityFunction(Sha256.of("plot", generationSignature, accountId, seed, compression));
    }

    /** The true quality (u64) of a submitted nonce in the round that it names. */
    static long rawQuality(NonceSubmission submission) {
        return of(
                submission.generationSignature(),
                submission.accountId(),
                submission.seed(),
                submission.compression())
                .rawQuality(submission.nonce());
    }

    /**
     * {@return the quality of a nonce: u64, lower is better}
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

    /** Mixes all bits of the half and of the key into 32 bits, with two multiplications by odd constants. */
    private static int mix(int half, long key) {
        long mixed = (Integer.toUnsignedLong(half) ^ key) * 0xD6E8FEB86659FD93L;
        mixed = (mixed ^ (mixed >>> 32)) * 0xA3B195354A39B70DL;
        return (int) (mixed >>> 32);
    }
}
