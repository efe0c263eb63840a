package org.pocx.aggregator.simulator.chain;

import java.math.BigInteger;

/**
 * How the difficulty follows the block time: each block moves the base target a sixteenth of the way to the value at
 * which it would have taken exactly the block time,
 *
 * <pre>next = base_target * (15 * block_time + taken) / (16 * block_time)</pre>
 *
 * <p>where {@code taken} is the winner's poc_time, at most four block times. A slow block makes the next one easier (a
 * higher base target); a single one moves it by 19 % at most up and 6 % down. The rule is this simulator's own: a node's
 * is a matter of consensus, and no business of an aggregator.
 */
final class BaseTargetRule {
    private static final int WEIGHT = 16;
    private static final int SLOWEST = 4;
    private static final long HIGHEST = -1L;

    private final long blockTimeSeconds;

    BaseTargetRule(long blockTimeSeconds) {
        this.blockTimeSeconds = blockTimeSeconds;
    }

    /** The time that a block counts for when no nonce won it. */
    long slowest() {
        return SLOWEST * blockTimeSeconds;
    }

    /**
     * The base target (u64) after a block.
     *
     * @param takenSeconds u64
     */
    long next(long baseTarget, long takenSeconds) {
        long taken = Long.compareUnsigned(takenSeconds, slowest()) < 0 ? takenSeconds : slowest();
        BigInteger next = new BigInteger(Long.toUnsignedString(baseTarget))
                .multiply(BigInteger.valueOf((WEIGHT - 1) * blockTimeSeconds + taken))
                .divide(BigInteger.valueOf(WEIGHT * blockTimeSeconds));
        if (next.bitLength() > Long.SIZE) {
            return HIGHEST;
        }
        return next.signum() == 0 ? 1 : next.longValue();
    }
}
