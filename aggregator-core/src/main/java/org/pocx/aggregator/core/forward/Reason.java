package org.pocx.aggregator.core.forward;

import java.util.Locale;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.UpstreamMessage;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/**
 * Why the fate of nonces changes.
 *
 * @param message from the upstream, or from the aggregator (then without a reference); may be empty
 * @param badProof whether the proof of the nonce is bad
 * @param unsent whether the nonce was not sent to the upstream, because its claim is false
 * @param takenOver whether the upstream accepted the nonce with no more than a receipt
 */
record Reason(UpstreamMessage message, boolean badProof, boolean unsent, boolean takenOver) {
    private static final String BAD_PROOF = "pocx validation failed";

    private static final Reason FILTERED = of("the upstream has one that is at least as good");

    static final Reason NONE = new Reason(UpstreamMessage.NONE, false);

    private Reason(UpstreamMessage message, boolean badProof) {
        this(message, badProof, false, false);
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
                true,
                false);
    }

    /** A reason that the aggregator gives. */
    static Reason of(String message) {
        return new Reason(UpstreamMessage.of(message), false);
    }

    /** @param claim u64, the quality that the miner claimed */
    static Reason of(SubmitOutcome outcome, long claim) {
        return switch (outcome) {
            case SubmitOutcome.Accepted accepted ->
                new Reason(difference(accepted.rawQuality(), claim), false, false, accepted.isTakenOver());
            case SubmitOutcome.Filtered filtered -> FILTERED;
            case SubmitOutcome.Held held -> new Reason(held.message(), false);
            case SubmitOutcome.Rejected rejected -> new Reason(rejected.message(), rejected.badProof());
            case SubmitOutcome.Stale stale -> new Reason(stale.message(), false);
            case UpstreamTrouble trouble -> new Reason(trouble.message(), false);
        };
    }

    /** Whether every upstream would say so: what a node computes from the plot is the same everywhere. */
    boolean isOfEveryUpstream() {
        return badProof && isOfEveryUpstream(message.text());
    }

    /** Whether a rejection with this error message holds for every upstream. */
    static boolean isOfEveryUpstream(String message) {
        return message.toLowerCase(Locale.ROOT).contains(BAD_PROOF);
    }

    private static UpstreamMessage difference(long confirmed, long claim) {
        return Long.compareUnsigned(confirmed, claim) <= 0
                ? UpstreamMessage.NONE
                : UpstreamMessage.of("claimed " + Long.toUnsignedString(claim) + ", confirmed "
                        + Long.toUnsignedString(confirmed));
    }
}
