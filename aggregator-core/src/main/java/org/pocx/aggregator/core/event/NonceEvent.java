package org.pocx.aggregator.core.event;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.NonceSubmission;

/**
 * Something happened to a nonce.
 *
 * @param submission as the miner sent it, its hex in lower case
 * @param miner the machine that answers for it
 * @param before where it stood, or null when it is new
 * @param after where it stands now; equal to {@code before} when it only was on its way (an attempt)
 * @param confirmedRawQuality u64; where {@code before} or {@code after} is {@link Fate#CONFIRMED} the quality that was
 *     confirmed, else the claim
 * @param words why, in the upstream's words or ours; may be empty
 * @param receivedAt when the miner sent it, wall clock
 * @param sinceReceived time since then, on the monotonic clock; zero for a nonce that was restored
 * @param badProof whether it was rejected for its proof, which speaks against the plots of its machine
 */
public record NonceEvent(
        NonceSubmission submission,
        MinerId miner,
        @Nullable Fate before,
        Fate after,
        long confirmedRawQuality,
        String words,
        Instant receivedAt,
        Duration sinceReceived,
        boolean badProof) {

    /**
     * An event of which a rejection, if it is one, is about the proof.
     *
     * @param submission as the miner sent it
     * @param miner the machine that answers for it
     * @param before where it stood, or null
     * @param after where it stands now
     * @param confirmedRawQuality u64, the confirmed quality or the claim
     * @param words why; may be empty
     * @param receivedAt when the miner sent it, wall clock
     * @param sinceReceived time since then
     */
    public NonceEvent(
            NonceSubmission submission,
            MinerId miner,
            @Nullable Fate before,
            Fate after,
            long confirmedRawQuality,
            String words,
            Instant receivedAt,
            Duration sinceReceived) {
        this(
                submission,
                miner,
                before,
                after,
                confirmedRawQuality,
                words,
                receivedAt,
                sinceReceived,
                after == Fate.REJECTED);
    }

    /** {@return true when the upstream confirmed a worse quality than the miner claimed} */
    public boolean isOverClaim() {
        return Long.compareUnsigned(confirmedRawQuality, submission.rawQuality()) > 0;
    }
}
