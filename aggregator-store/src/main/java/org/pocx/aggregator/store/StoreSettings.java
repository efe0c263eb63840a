package org.pocx.aggregator.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * The settings of a store.
 *
 * @param path the database file; created if it does not exist, but its folder must exist
 * @param retentionDays for how many days history and verdicts are kept: 0 (no limit) to {@value #MAX_RETENTION_DAYS}
 * @param blockTime the chain's block time, at least 1 s; converts days to blocks
 */
public record StoreSettings(Path path, int retentionDays, Duration blockTime) {
    /** The longest retention: a hundred years. */
    public static final int MAX_RETENTION_DAYS = 36_500;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public StoreSettings {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(blockTime, "blockTime");
        if (retentionDays < 0 || retentionDays > MAX_RETENTION_DAYS) {
            throw new IllegalArgumentException("retentionDays must be 0 to " + MAX_RETENTION_DAYS);
        }
        if (blockTime.toSeconds() < 1) {
            throw new IllegalArgumentException("blockTime must be at least a second");
        }
    }
}
