package org.pocx.aggregator.core.forward;

import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/**
 * Why the fate of nonces changes.
 *
 * @param message from the upstream or from the aggregator; may be empty
 * @param code the upstream's JSON-RPC error code, or 0
 * @param badProof whether the proof of the nonce is bad
 * @param unsent whether the nonce was not sent to the upstream, because its claim is false
 */
record Reason(String message, long code, boolean badProof, boolean unsent) {
    static final Reason NONE = new Reason("", 0, false);

    private Reason(String message, long code, boolean badProof) {
        this(message, code, badProof, false);
    }

    /**
     * The verification showed that a claim is false.
     *
     * @param claim u64
     * @param computed u64
     */
    static Reason falseClaim(long claim, long computed) {
        return new Reason(
                "verified before it was sent: claimed " + Long.toUnsignedString(claim) + ", computed "
                        + Long.toUnsignedString(computed),
                0,
                true,
                true);
    }

    /** A reason that the aggregator gives. */
    static Reason of(String message) {
        return new Reason(message, 0, false);
    }

    /** @param claim u64, the quality that the miner claimed */
    static Reason of(SubmitOutcome outcome, long claim) {
        return switch (outcome) {
            case SubmitOutcome.Accepted accepted -> accepted(accepted.rawQuality(), claim);
            case SubmitOutcome.Rejected rejected ->
                new Reason(rejected.message(), rejected.code(), rejected.badProof());
            case SubmitOutcome.Stale stale -> new Reason(stale.message(), stale.code(), false);
            case UpstreamTrouble.AccountRefused refused -> new Reason(refused.message(), refused.code(), false);
            case UpstreamTrouble.Misfit misfit -> new Reason(misfit.message(), misfit.code(), false);
            case UpstreamTrouble.UnknownCode unknown -> new Reason(unknown.message(), unknown.code(), false);
            case UpstreamTrouble trouble -> of(trouble.message());
        };
    }

    private static Reason accepted(long confirmed, long claim) {
        return Long.compareUnsigned(confirmed, claim) <= 0
                ? NONE
                : of("claimed " + Long.toUnsignedString(claim) + ", confirmed " + Long.toUnsignedString(confirmed));
    }
}
