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
 * @param confirmedRawQuality u64, for {@link Fate#CONFIRMED} the quality that counts; else the claim
 * @param words why, in the upstream's words or ours; may be empty
 * @param receivedAt when the miner sent it, wall clock
 * @param sinceReceived time since then, on the monotonic clock; zero for a nonce that was restored
 */
public record NonceEvent(
        NonceSubmission submission,
        MinerId miner,
        @Nullable Fate before,
        Fate after,
        long confirmedRawQuality,
        String words,
        Instant receivedAt,
        Duration sinceReceived) {}
