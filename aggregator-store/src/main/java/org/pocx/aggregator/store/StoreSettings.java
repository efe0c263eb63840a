package org.pocx.aggregator.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * What a store needs to know.
 *
 * @param path the database file; created when it is not there, in a folder that is
 * @param retentionDays for how many days history and verdicts are kept: 0 (for ever) to {@value #MAX_RETENTION_DAYS}
 * @param blockTime the chain's block time, at least a second: turns days into blocks
 */
public record StoreSettings(Path path, int retentionDays, Duration blockTime) {
    /** The longest retention that can be set: a hundred years. */
    public static final int MAX_RETENTION_DAYS = 36_500;

    /**
     * Takes settings that a store can be opened with.
     *
     * @throws IllegalArgumentException when a value is out of its range
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
