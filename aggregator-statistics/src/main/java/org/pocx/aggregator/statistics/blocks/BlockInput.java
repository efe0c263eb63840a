package org.pocx.aggregator.statistics.blocks;

import java.time.Instant;

/** What {@link BlockLedger} must know of an aggregator. Times in nanoseconds are monotonic and begin near zero. */
sealed interface BlockInput {

    /**
     * The upstream announced a round.
     *
     * @param height u64
     * @param signature 64 lower-case hex characters
     * @param baseTarget u64
     */
    record Announced(long height, String signature, long baseTarget, Instant at, long nanos) implements BlockInput {}

    /**
     * The upstream confirmed a nonce of the round with that height and signature.
     *
     * @param rawQuality u64, as confirmed
     * @param baseTarget u64, of the nonce
     */
    record Confirmed(
            long height,
            String signature,
            String accountId,
            String machine,
            long rawQuality,
            long baseTarget,
            Instant at,
            long nanos) implements BlockInput {}

    /** The upstream revoked a confirmation. */
    record Revoked(long height, String signature, String accountId, String machine, long rawQuality)
            implements BlockInput {}

    /** A poll failed after polls were good. */
    record PollsFailed(long nanos) implements BlockInput {}

    /** A poll was good after polls failed. */
    record PollsGood() implements BlockInput {}

    /** The upstream synchronises with its network, or no longer does. */
    record Synchronising(boolean begins) implements BlockInput {}
}
