package org.pocx.aggregator.core.forward;

import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.UpstreamMessage;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/**
 * Why the fate of nonces changes.
 *
 * @param message from the upstream, or from the aggregator (then without a reference); may be empty
 * @param badProof whether the proof of the nonce is bad
 * @param unsent whether the nonce was not sent to the upstream, because its claim is false
 */
record Reason(UpstreamMessage message, boolean badProof, boolean unsent) {
    static final Reason NONE = new Reason(UpstreamMessage.NONE, false);

    private Reason(UpstreamMessage message, boolean badProof) {
        this(message, badProof, false);
    }

    /**
     * The verification showed that a claim is false.
     *
     * @param claim u64
     * @param computed u64
     */
    static Reason falseClaim(long claim, long computed) {
        return new Reason(
                UpstreamMessage.of("verified before it was sent: claimed " + Long.toUnsignedString(claim)
                        + ", computed " + Long.toUnsignedString(computed)),
                true,
                true);
    }

    /** A reason that the aggregator gives. */
    static Reason of(String message) {
        return new Reason(UpstreamMessage.of(message), false);
    }

    /** @param claim u64, the quality that the miner claimed */
    static Reason of(SubmitOutcome outcome, long claim) {
        return switch (outcome) {
            case SubmitOutcome.Accepted accepted -> accepted(accepted.rawQuality(), claim);
            case SubmitOutcome.Rejected rejected -> new Reason(rejected.message(), rejected.badProof());
            case SubmitOutcome.Stale stale -> new Reason(stale.message(), false);
            case UpstreamTrouble trouble -> new Reason(trouble.message(), false);
        };
    }

    private static Reason accepted(long confirmed, long claim) {
        return Long.compareUnsigned(confirmed, claim) <= 0
                ? NONE
                : of("claimed " + Long.toUnsignedString(claim) + ", confirmed " + Long.toUnsignedString(confirmed));
    }
}
