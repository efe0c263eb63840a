package org.pocx.aggregator.core.store;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.ReceivedNonce;

/**
 * The final fate of a nonce that was to be forwarded.
 *
 * @param nonce the nonce
 * @param outcome its final fate
 * @param confirmedRawQuality u64; for {@link Outcome#CONFIRMED} the claim, or the upstream's own figure where that is worse;
 *     otherwise without meaning
 * @param code the upstream's JSON-RPC error code, or 0
 * @param message the upstream's error message, or the empty string
 * @param at when the verdict was given, wall clock
 */
public record Verdict(
        ReceivedNonce nonce, Outcome outcome, long confirmedRawQuality, long code, String message, Instant at) {

    private static final Set<Long> PROOF_CODES = Set.of(0L, -8L, -26L, -32001L);

    /** What a node of another version answers; earlier versions of this program took it for a rejection. */
    private static final List<String> PARAMETER_NAMES = List.of("unknown named parameter", "specified multiple times");

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
        return outcome == Outcome.CONFIRMED ? confirmedRawQuality : submission().rawQuality();
    }

    /**
     * {@return true when it speaks against the machine: the proof was rejected, or confirmed worse than claimed} Codes that
     * speak of a proof are -8, -26 and -32001, and 0 for a rejection without a code. All others are about the request, its
     * account or the upstream, and so is a -8 about the names of parameters.
     */
    public boolean isBad() {
        return switch (outcome) {
            case CONFIRMED -> Long.compareUnsigned(confirmedRawQuality, submission().rawQuality()) > 0;
            case REJECTED ->
                PROOF_CODES.contains(code)
                        && PARAMETER_NAMES.stream().noneMatch(message.toLowerCase(Locale.ROOT)::contains);
            case ACCOUNT_REFUSED, STALE, EXPIRED -> false;
        };
    }

    /** The ways to end. The names are what a store keeps: never rename one. */
    public enum Outcome {
        /** The upstream accepted it. */
        CONFIRMED,
        /** The upstream rejected this nonce. */
        REJECTED,
        /** The upstream accepted no nonce of this account. Found in databases of earlier versions; never written now. */
        ACCOUNT_REFUSED,
        /** The upstream called it stale, and its round left the last 3. */
        STALE,
        /** Its round left the last 3 before the upstream gave a verdict, or its attempts were used up. */
        EXPIRED
    }
}
