package org.pocx.aggregator.core.upstream;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * The upstream gave no verdict this time. What was asked may be asked again.
 *
 * @param kind what kept it from a verdict
 * @param message one line for an operator: what happened; holds no secret
 * @param retryAfter how long a busy upstream asks to wait, where it says so; not negative, empty for all other kinds
 */
public record UpstreamTrouble(Kind kind, UpstreamMessage message, Optional<Duration> retryAfter)
        implements SubmitOutcome, MiningInfoOutcome {

    /** An attempt from before the end of an outage, given up and sent again at once: no news for an operator. */
    public static final UpstreamTrouble LOST_IN_OUTAGE =
            unreachable("given up at the end of an outage, and sent again at once");

    /** A poll that takes too long to be waited for; its answer may still come. */
    public static final UpstreamTrouble NO_ANSWER_YET = timedOut("the upstream does not answer");

    /** What kept the upstream from a verdict. */
    public enum Kind {
        /** The upstream is there and asks to send this one request again later. */
        BUSY,
        /** The upstream is there and asks to send every request later. */
        UPSTREAM_BUSY,
        /** The node's wallet is locked: nonces wait until its operator unlocks it. */
        WALLET_LOCKED,
        /** No answer of the protocol came: reset, cancelled, garbage. */
        UNREACHABLE,
        /** No answer came within the time limit: such requests hold their connection long. */
        TIMED_OUT,
        /** Nobody listens there: a node that is not running, and may have forgotten what it accepted. */
        CONNECTION_REFUSED,
        /**
         * The upstream does not know our credentials. Nonces are held, and tried again when {@link
         * Upstream#credentialsStamp} changes and otherwise every 10 s.
         */
        UNAUTHORIZED,
        /**
         * The upstream accepts no nonce of this account now: the wallet that holds its key is not loaded, or the account is
         * not assigned to the pool. That can change within the round.
         */
        ACCOUNT_REFUSED,
        /**
         * The upstream cannot process a request of this form: it has another version, or no wallet. A property of the
         * upstream, never of a nonce or its machine.
         */
        MISFIT,
        /** A well-formed error that the protocol does not define. */
        UNKNOWN_ERROR
    }

    /**
     * Checks that the parts fit together.
     *
     * @throws NullPointerException when one is null
     * @throws IllegalArgumentException when the time to wait is negative, or the kind has none
     */
    public UpstreamTrouble {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(message, "message");
        if (retryAfter.isPresent() && kind != Kind.BUSY && kind != Kind.UPSTREAM_BUSY) {
            throw new IllegalArgumentException("retryAfter is for a busy upstream only, not for " + kind);
        }
        if (retryAfter.isPresent() && retryAfter.get().isNegative()) {
            throw new IllegalArgumentException("retryAfter must not be negative, but is " + retryAfter.get());
        }
    }

    private UpstreamTrouble(Kind kind, UpstreamMessage message) {
        this(kind, message, Optional.empty());
    }

    private UpstreamTrouble(Kind kind, String text) {
        this(kind, UpstreamMessage.of(text));
    }

    /**
     * {@link Kind#BUSY}.
     *
     * @param text the upstream's error message
     * @return trouble that names no time to wait
     */
    public static UpstreamTrouble busy(String text) {
        return new UpstreamTrouble(Kind.BUSY, text);
    }

    /**
     * {@link Kind#UPSTREAM_BUSY}.
     *
     * @param text the upstream's error message
     * @return trouble that names no time to wait
     */
    public static UpstreamTrouble upstreamBusy(String text) {
        return new UpstreamTrouble(Kind.UPSTREAM_BUSY, text);
    }

    /**
     * The same trouble of a busy upstream that says how long to wait.
     *
     * @param wait not negative
     * @return new trouble
     * @throws IllegalArgumentException when the time is negative, or this is another kind of trouble
     */
    public UpstreamTrouble withRetryAfter(Duration wait) {
        return new UpstreamTrouble(kind, message, Optional.of(wait));
    }

    /**
     * {@link Kind#WALLET_LOCKED}.
     *
     * @param text the node's error message
     * @return the trouble
     */
    public static UpstreamTrouble walletLocked(String text) {
        return new UpstreamTrouble(Kind.WALLET_LOCKED, text);
    }

    /**
     * {@link Kind#UNREACHABLE}.
     *
     * @param text where the request was sent to, and what came instead of an answer
     * @return the trouble
     */
    public static UpstreamTrouble unreachable(String text) {
        return new UpstreamTrouble(Kind.UNREACHABLE, text);
    }

    /**
     * {@link Kind#TIMED_OUT}.
     *
     * @param text where the request was sent to, and the time limit
     * @return the trouble
     */
    public static UpstreamTrouble timedOut(String text) {
        return new UpstreamTrouble(Kind.TIMED_OUT, text);
    }

    /**
     * {@link Kind#CONNECTION_REFUSED}.
     *
     * @param text where the connection was to lead
     * @return the trouble
     */
    public static UpstreamTrouble connectionRefused(String text) {
        return new UpstreamTrouble(Kind.CONNECTION_REFUSED, text);
    }

    /**
     * {@link Kind#UNAUTHORIZED}.
     *
     * @param text which credentials were shown and from where, never what they are
     * @return the trouble
     */
    public static UpstreamTrouble unauthorized(String text) {
        return new UpstreamTrouble(Kind.UNAUTHORIZED, text);
    }

    /**
     * {@link Kind#ACCOUNT_REFUSED}.
     *
     * @param message the upstream's error message
     * @return the trouble
     */
    public static UpstreamTrouble accountRefused(UpstreamMessage message) {
        return new UpstreamTrouble(Kind.ACCOUNT_REFUSED, message);
    }

    /**
     * {@link Kind#MISFIT}.
     *
     * @param message the upstream's error message
     * @return the trouble
     */
    public static UpstreamTrouble misfit(UpstreamMessage message) {
        return new UpstreamTrouble(Kind.MISFIT, message);
    }

    /**
     * {@link Kind#UNKNOWN_ERROR}.
     *
     * @param message the upstream's error message
     * @return the trouble
     */
    public static UpstreamTrouble unknownError(UpstreamMessage message) {
        return new UpstreamTrouble(Kind.UNKNOWN_ERROR, message);
    }

    /** {@return whether no answer of the protocol came, for whatever reason} */
    public boolean isUnreachable() {
        return switch (kind) {
            case UNREACHABLE, TIMED_OUT, CONNECTION_REFUSED -> true;
            case BUSY, UPSTREAM_BUSY, WALLET_LOCKED, UNAUTHORIZED, ACCOUNT_REFUSED, MISFIT, UNKNOWN_ERROR -> false;
        };
    }
}
