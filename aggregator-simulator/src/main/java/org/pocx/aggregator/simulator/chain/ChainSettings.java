package org.pocx.aggregator.simulator.chain;

import java.time.Duration;
import java.util.Objects;
import org.pocx.aggregator.core.mining.MiningInfo;

/**
 * What a simulated chain starts with.
 *
 * @param blockTimeSeconds 1 to 86,400: how long a block should take
 * @param first the round that is mined first
 * @param targetQuality u64, announced to miners; {@link MiningInfo#NO_TARGET_QUALITY} is no limit
 * @param minimumCompression 0 to 255: plots below it are refused
 * @param ledgerEntries above 0: how many judged nonces the ledger keeps
 */
public record ChainSettings(
        long blockTimeSeconds, Tip first, long targetQuality, int minimumCompression, int ledgerEntries) {

    private static final int DEFAULT_LEDGER_ENTRIES = 100_000;
    private static final String ZEROS = "0".repeat(64);

    /**
     * Takes settings that a chain can begin with.
     *
     * @throws IllegalArgumentException when a value is out of its range
     */
    public ChainSettings {
        Objects.requireNonNull(first, "first");
        if (blockTimeSeconds < 1 || blockTimeSeconds > 86_400) {
            throw new IllegalArgumentException("block time must be 1 to 86,400 seconds, not " + blockTimeSeconds);
        }
        if (ledgerEntries < 1) {
            throw new IllegalArgumentException("the ledger must keep an entry at least");
        }
        if (minimumCompression < 0 || minimumCompression > 255) {
            throw new IllegalArgumentException("minimumCompression must be 0 to 255, not " + minimumCompression);
        }
    }

    /**
     * A chain that has no block but the first: height 0 and a generation signature of zeros, which are legal, and the
     * base target of 1 TiB, 2^42 / block time.
     *
     * @param blockTime 1 to 86,400 s; what is below a second is cut
     * @return settings of that chain, without a limit on qualities
     */
    public static ChainSettings genesis(Duration blockTime) {
        long seconds = blockTime.toSeconds();
        Tip first = new Tip(0, Sha256.hex("genesis"), ZEROS, Math.max(1, (1L << 42) / Math.max(1, seconds)));
        return new ChainSettings(
                seconds, first, MiningInfo.NO_TARGET_QUALITY, MiningInfo.DEFAULT_COMPRESSION_LEVEL,
                DEFAULT_LEDGER_ENTRIES);
    }

    /**
     * {@return the same chain some way on: at this height, with hash and signature that follow from the name}
     *
     * @param height u64, of the block being mined
     * @param name any text; the same one gives the same hash and signature
     */
    public ChainSettings at(long height, String name) {
        return withFirst(
                new Tip(height, Sha256.hex(name, "hash"), Sha256.hex(name, "signature"), first.baseTarget()));
    }

    /**
     * {@return the same with another difficulty}
     *
     * @param baseTarget u64 &gt; 0
     */
    public ChainSettings withBaseTarget(long baseTarget) {
        return withFirst(first.withBaseTarget(baseTarget));
    }

    /**
     * {@return the same with another limit on what is worth submitting}
     *
     * @param quality u64; {@link MiningInfo#NO_TARGET_QUALITY} is no limit
     */
    public ChainSettings withTargetQuality(long quality) {
        return new ChainSettings(blockTimeSeconds, first, quality, minimumCompression, ledgerEntries);
    }

    /**
     * {@return the same with another length of the ledger}
     *
     * @param entries above 0
     */
    public ChainSettings withLedgerEntries(int entries) {
        return new ChainSettings(blockTimeSeconds, first, targetQuality, minimumCompression, entries);
    }

    private ChainSettings withFirst(Tip tip) {
        return new ChainSettings(blockTimeSeconds, tip, targetQuality, minimumCompression, ledgerEntries);
    }
}
