package org.pocx.aggregator.core.forward;

import java.time.Duration;
import java.util.Objects;

/**
 * Whether and when confirmed nonces are sent again, as the upstream may forget them.
 *
 * @param enabled whether they are sent again after the upstream may have begun anew
 * @param afterPocTime whether they are sent again, too, when their poc_time is over and no block came
 * @param blockTime of the chain, 1 to 86,400 whole seconds
 */
public record ResendSettings(boolean enabled, boolean afterPocTime, Duration blockTime) {
    /**
     * Checks the block time.
     *
     * @throws IllegalArgumentException when it is out of its range
     */
    public ResendSettings {
        if (Objects.requireNonNull(blockTime, "blockTime").toSeconds() < 1) {
            throw new IllegalArgumentException("blockTime must be at least 1 s, not " + blockTime);
        }
    }

    /** For an upstream that forgets nothing. */
    public static final ResendSettings NEVER = new ResendSettings(false, false, Duration.ofMinutes(2));
}
