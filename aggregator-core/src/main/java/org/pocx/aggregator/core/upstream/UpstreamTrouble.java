package org.pocx.aggregator.core.upstream;

import java.time.Duration;
import java.util.Optional;

/** The upstream gave no verdict this time. What was asked may be asked again. */
public sealed interface UpstreamTrouble extends SubmitOutcome, MiningInfoOutcome {

    /** {@return one line for an operator: what happened; holds no secret} */
    String message();

    /**
     * The upstream is there and asks to come back later.
     *
     * @param message the upstream's words
     * @param scope how much of the traffic to hold back
     * @param retryAfter how long the upstream asks to wait, where it says so
     */
    record Busy(String message, Scope scope, Optional<Duration> retryAfter) implements UpstreamTrouble {
        /** What a busy answer is about. */
        public enum Scope {
            /** The one request (a JSON-RPC error such as -32006 or -10). */
            LANE,
            /** Every request (HTTP 429 and 503). */
            UPSTREAM
        }
    }

    /**
     * The node's wallet is locked (-13): nonces wait until its operator unlocks it.
     *
     * @param message the node's words
     */
    record WalletLocked(String message) implements UpstreamTrouble {}

    /**
     * No answer of the protocol came: refused, reset, timed out, garbage.
     *
     * @param message where it was sent to, and what came instead
     * @param timedOut whether the time limit ended it: such requests hold their connection long
     * @param refused whether nobody listens there: a node that is not running, and may have forgotten what it accepted
     */
    record Unreachable(String message, boolean timedOut, boolean refused) implements UpstreamTrouble {
        /** An attempt from before the end of an outage, given up and sent again at once: no news for an operator. */
        public static final Unreachable SWALLOWED_BY_OUTAGE =
                new Unreachable("given up at the end of an outage, and sent again at once", false);

        /** A poll that takes too long to be waited for; its answer may still come. */
        public static final Unreachable NO_ANSWER_YET = new Unreachable("the upstream does not answer", true);

        /**
         * An upstream whose port was not closed.
         *
         * @param message where it was sent to, and what came instead
         * @param timedOut whether the time limit ended it
         */
        public Unreachable(String message, boolean timedOut) {
            this(message, timedOut, false);
        }
    }

    /**
     * The upstream does not know our credentials. Nonces are held, and tried again when {@link
     * Upstream#credentialsStamp} changes and otherwise every 10 s.
     *
     * @param message which credentials were shown and from where, never what they are
     */
    record Unauthorized(String message) implements UpstreamTrouble {}

    /**
     * A well-formed error of a code that the protocol does not define.
     *
     * @param code the JSON-RPC error code
     * @param message the upstream's words
     */
    record UnknownCode(long code, String message) implements UpstreamTrouble {}

    /**
     * The upstream accepts no nonce of this account now (-5, -32007): the wallet that holds its key is not loaded, or the
     * account is not assigned to the pool. That can change within the round.
     *
     * @param code the JSON-RPC error code
     * @param message the upstream's error message
     */
    record AccountRefused(long code, String message) implements UpstreamTrouble {}

    /**
     * The upstream cannot process a request of this form: it has another version, or no wallet. A property of the
     * upstream, never of a nonce or its machine.
     *
     * @param code the JSON-RPC error code
     * @param message the upstream's error message
     */
    record Misfit(long code, String message) implements UpstreamTrouble {}
}
