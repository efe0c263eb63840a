package org.pocx.aggregator.simulator.chain;

import java.time.Duration;
import java.util.Objects;

/**
 * The settings of a simulated chain.
 *
 * @param blockTimeSeconds the average time between blocks; 1 to 86,400
 * @param first the first round
 * @param logEntries how many validated nonces the log keeps; 1 or more
 */
public record ChainSettings(long blockTimeSeconds, Tip first, int logEntries) {
    private static final int DEFAULT_LOG_ENTRIES = 100_000;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException when a value is out of its range
     */
    public ChainSettings {
        Objects.requireNonNull(first, "first");
        if (blockTimeSeconds < 1 || blockTimeSeconds > 86_400) {
            throw new IllegalArgumentException("blockTimeSeconds must be 1 to 86,400, not " + blockTimeSeconds);
        }
        if (logEntries < 1) {
            throw new IllegalArgumentException("logEntries must be 1 or more, not " + logEntries);
        }
    }

    /**
     * Returns the settings of a new chain: height 0, a generation signature of zeros, and the base target of 1 TiB, which
     * is 2^42 / block time.
     *
     * @param blockTime 1 to 86,400 s; a fraction of a second is cut off
     * @return the settings
     */
    public static ChainSettings genesis(Duration blockTime) {
        long seconds = blockTime.toSeconds();
        Tip first = new Tip(0, Sha256.hex("genesis"), "0".repeat(64), Math.max(1, (1L << 42) / Math.max(1, seconds)));
        return new ChainSettings(seconds, first, DEFAULT_LOG_ENTRIES);
    }

    /**
     * {@return a copy that begins at this height, with a block hash and a generation signature that depend on the name}
     *
     * @param height u64, of the block being mined
     * @param name any text; equal names give equal hashes and signatures
     */
    public ChainSettings at(long height, String name) {
        Tip tip = new Tip(height, Sha256.hex(name, "hash"), Sha256.hex(name, "signature"), first.baseTarget());
        return new ChainSettings(blockTimeSeconds, tip, logEntries);
    }

    /**
     * {@return a copy with this base target}
     *
     * @param baseTarget u64 &gt; 0
     */
    public ChainSettings withBaseTarget(long baseTarget) {
        return new ChainSettings(blockTimeSeconds, first.withBaseTarget(baseTarget), logEntries);
    }
}
