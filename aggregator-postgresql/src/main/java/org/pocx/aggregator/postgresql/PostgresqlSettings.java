package org.pocx.aggregator.postgresql;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * The settings of a store.
 *
 * @param url the database, which must exist
 * @param password of its user; if it is empty, the server must not ask for one, or it is in the file {@code .pgpass}
 * @param retentionDays for how many days history and verdicts are kept: 0 (no limit) to 36,500
 * @param blockTime the chain's block time, at least 1 s; converts days to blocks
 */
public record PostgresqlSettings(DatabaseUrl url, Optional<String> password, int retentionDays, Duration blockTime) {
    private static final int MAX_RETENTION_DAYS = 36_500;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a value is out of range
     */
    public PostgresqlSettings {
        Objects.requireNonNull(url, "url");
        if (retentionDays < 0 || retentionDays > MAX_RETENTION_DAYS) {
            throw new IllegalArgumentException("retentionDays must be 0 to " + MAX_RETENTION_DAYS);
        }
        if (blockTime.toSeconds() < 1) {
            throw new IllegalArgumentException("blockTime must be at least a second");
        }
    }

    /** {@return the settings without the password} */
    @Override
    public String toString() {
        return url + ", " + retentionDays + " days, " + blockTime;
    }
}
