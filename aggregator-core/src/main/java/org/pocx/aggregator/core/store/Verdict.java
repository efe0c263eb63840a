package org.pocx.aggregator.core.store;

import java.time.Instant;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.upstream.UpstreamMessage;

/**
 * The final fate of a nonce that was to be forwarded.
 *
 * @param nonce the nonce
 * @param outcome its final fate
 * @param confirmedRawQuality u64; for an {@linkplain Outcome#isAccepted accepted} nonce the claim, or the upstream's own figure where that is worse;
 *     otherwise without meaning
 * @param message the upstream's error message, or the reason why it gave no verdict; both parts may be empty
 * @param badProof whether it was {@linkplain Outcome#REJECTED rejected} because of its proof; otherwise false
 * @param at when the verdict was given, wall clock
 */
public record Verdict(
        ReceivedNonce nonce, Outcome outcome, long confirmedRawQuality, UpstreamMessage message, boolean badProof,
        Instant at) {

    /**
     * Checks that only a rejection has a bad proof.
     *
     * @throws IllegalArgumentException when another outcome has
     */
    public Verdict {
        if (badProof && outcome != Outcome.REJECTED) {
            throw new IllegalArgumentException("badProof is for a rejected nonce only, not for " + outcome);
        }
    }

    /** {@return the request of the miner} */
    public NonceSubmission submission() {
        return nonce.submission();
    }

    /** {@return the machine that the nonce counts for} */
    public MinerId miner() {
        return nonce.miner();
    }

    /** {@return the u64 raw quality that counts: the confirmed one, or else the claim} */
    public long finalRawQuality() {
        return outcome.isAccepted() ? confirmedRawQuality : submission().rawQuality();
    }

    /** {@return true when it speaks against the machine: the proof was rejected, or confirmed worse than claimed} */
    public boolean isBad() {
        return badProof
                || (outcome == Outcome.CONFIRMED
                        && Long.compareUnsigned(confirmedRawQuality, submission().rawQuality()) > 0);
    }

    /** The ways to end. The names are what a store keeps: never rename one. */
    public enum Outcome {
        /** The upstream accepted it. */
        CONFIRMED,
        /** The upstream gave a receipt for it, and does not report verdicts. */
        TAKEN_OVER,
        /** The upstream rejected this nonce. */
        REJECTED,
        /** The upstream accepted no nonce of this account. Found in databases of earlier versions; never written now. */
        ACCOUNT_REFUSED,
        /** The upstream called it stale, and its round left the last 3. */
        STALE,
        /** Its round left the last 3 before the upstream gave a verdict, or its attempts were used up. */
        EXPIRED;

        /** {@return whether an upstream took the nonce: it is confirmed or taken over} */
        public boolean isAccepted() {
            return this == CONFIRMED || this == TAKEN_OVER;
        }
    }
}
