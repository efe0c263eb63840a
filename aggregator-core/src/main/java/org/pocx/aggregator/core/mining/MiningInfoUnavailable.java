package org.pocx.aggregator.core.mining;

import java.util.Objects;

/**
 * No mining info can be handed out: none has been fetched yet, or the last one is too old to be served while the
 * upstream is away.
 *
 * @param reason one line for the miner's owner
 */
public record MiningInfoUnavailable(String reason) implements MiningInfoAnswer {
    /**
     * Checks the values.
     *
     * @throws NullPointerException when one is null; names it
     */
    public MiningInfoUnavailable {
        Objects.requireNonNull(reason, "reason");
    }
}
