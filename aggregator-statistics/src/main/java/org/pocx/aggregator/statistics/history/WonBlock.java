package org.pocx.aggregator.statistics.history;

import java.time.Instant;
import java.util.Optional;

/**
 * A block that an account of the farm won, as read from two successive generation signatures (protocol, section 1).
 * Height and signature together identify it.
 *
 * @param height u64, of the won block
 * @param signature the generation signature that followed, which proves the win: 64 lower-case hex characters
 * @param at when it was seen, wall clock
 * @param accountId of the winning plot: 40 lower-case hex characters
 * @param finder the nonce that won; empty if no confirmed nonce of the account fits the duration of the round, so it was
 *     won with another machine or elsewhere
 * @param orphaned whether a fork has taken the block back
 */
public record WonBlock(
        long height, String signature, Instant at, String accountId, Optional<Finder> finder, boolean orphaned) {

    /**
     * The nonce that won a block.
     *
     * @param machine id of the machine
     * @param rawQuality u64, as confirmed
     * @param pocTime u64 seconds
     */
    public record Finder(String machine, long rawQuality, long pocTime) {}

    /**
     * {@return a copy of this block with another state}
     *
     * @param now whether it is orphaned
     */
    public WonBlock withOrphaned(boolean now) {
        return new WonBlock(height, signature, at, accountId, finder, now);
    }
}
