package org.pocx.aggregator.core.store;

import java.time.Instant;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.NonceSubmission;

/**
 * How a nonce ended.
 *
 * @param submission the nonce that was forwarded
 * @param miner the machine that answers for it
 * @param outcome the end
 * @param confirmedRawQuality u64; meaningful for {@link Outcome#CONFIRMED} alone: the claim, or the upstream's own
 *     figure where that is worse
 * @param code the upstream's JSON-RPC error code, or 0
 * @param message the upstream's words, or the empty string
 * @param receivedAt when the miner sent it, wall clock
 * @param at when the verdict fell, wall clock
 */
public record Verdict(
        NonceSubmission submission,
        MinerId miner,
        Outcome outcome,
        long confirmedRawQuality,
        long code,
        String message,
        Instant receivedAt,
        Instant at) {

    /** {@return the u64 raw quality that counts: the confirmed one, or else the claim} */
    public long finalRawQuality() {
        return outcome == Outcome.CONFIRMED ? confirmedRawQuality : submission.rawQuality();
    }

    /** The ways to end. The names are what a store keeps: never rename one. */
    public enum Outcome {
        /** The upstream accepted it. */
        CONFIRMED,
        /** The upstream rejected this nonce. */
        REJECTED,
        /** The upstream takes no nonce of this account. */
        ACCOUNT_REFUSED,
        /** The upstream called it stale, and its round left the last 3. */
        STALE,
        /** Its round left the last 3 before the upstream gave a verdict, or its attempts were used up. */
        EXPIRED
    }
}
