package org.pocx.aggregator.simulator.chain;

import java.math.BigInteger;

/**
 * Adjusts the base target after each block, so that blocks take the block time on average:
 *
 * <pre>next = base_target * (15 * block_time + taken) / (16 * block_time)</pre>
 *
 * <p>where {@code taken} is the winner's poc_time, limited to four block times. A slow block raises the base target (the
 * next block is easier), by at most 19 %; a fast block lowers it, by at most 6 %. This formula belongs to the simulator.
 * A real node uses a different one, on which an aggregator does not depend.
 */
final class DifficultyAdjustment {
    private static final int WEIGHT = 16;
    private static final int MAX_BLOCK_TIMES = 4;
    private static final long MAX_BASE_TARGET = -1L;

    private final long blockTimeSeconds;

    DifficultyAdjustment(long blockTimeSeconds) {
        this.blockTimeSeconds = blockTimeSeconds;
    }

    /** The longest time that a block counts for; also the time of a block without a winner. */
    long maxSeconds() {
        return MAX_BLOCK_TIMES * blockTimeSeconds;
    }

    /**
     * The base target (u64) after a block.
     *
     * @param takenSeconds u64
     */
    long next(long baseTarget, long takenSeconds) {
        long taken = Long.compareUnsigned(takenSeconds, maxSeconds()) < 0 ? takenSeconds : maxSeconds();
        BigInteger next = new BigInteger(Long.toUnsignedString(baseTarget))
                .multiply(BigInteger.valueOf((WEIGHT - 1) * blockTimeSeconds + taken))
                .divide(BigInteger.valueOf(WEIGHT * blockTimeSeconds));
        if (next.bitLength() > Long.SIZE) {
            return MAX_BASE_TARGET;
        }
        return next.signum() == 0 ? 1 : next.longValue();
    }
}
