package org.pocx.aggregator.simulator.chain;

import java.time.Duration;
import org.pocx.aggregator.simulator.time.Speed;

/**
 * How long a round lasts. As on a real chain, the best accepted nonce forges a block when its poc_time is over. A round
 * without an accepted nonce lasts the maximum: then another miner of the network forges.
 *
 * @param speed the ratio of simulated time to real time
 * @param minBlockTimes the shortest round, in block times; 0 or more
 * @param maxBlockTimes the longest round, in block times; not below the shortest
 */
public record BlockTiming(Speed speed, double minBlockTimes, double maxBlockTimes) {
    private static final double DEFAULT_MAX = 4;

    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException when the shortest round is negative, or longer than the longest
     */
    public BlockTiming {
        if (!(minBlockTimes >= 0 && minBlockTimes <= maxBlockTimes)) {
            throw new IllegalArgumentException(
                    "a round cannot last from " + minBlockTimes + " to " + maxBlockTimes + " block times");
        }
    }

    /**
     * Creates a timing from 0 to 4 block times.
     *
     * @param speed the ratio of simulated time to real time
     */
    public BlockTiming(Speed speed) {
        this(speed, 0, DEFAULT_MAX);
    }

    /** How long the chain's current round lasts in real time, with the best nonce that it has so far. */
    Duration roundLength(SimulatedChain chain) {
        long blockTime = chain.settings().blockTimeSeconds();
        double max = maxBlockTimes * blockTime;
        double seconds = chain.best()
                .map(ValidatedNonce::pocTime)
                .map(pocTime -> pocTime < 0 ? max : Math.min(max, pocTime)) // a negative long is a large u64
                .orElse(max);
        return speed.toReal(Math.max(seconds, minBlockTimes * blockTime));
    }
}
