package org.pocx.aggregator.core.forward;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.retry.RetryPolicy.Retry;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;
import org.pocx.aggregator.core.upstream.UpstreamTrouble.Kind;

/**
 * When a lane's next candidate may be sent: what the lane waits for after an attempt without a verdict, and what ends that
 * wait. Not thread-safe: its {@link Lane} owns it.
 */
final class RetryTimer {
    /** What ends the wait. */
    private enum Until {
        /** No wait. */
        NOW,
        /** The back-off's time, or the end of an outage. */
        BACK_OFF,
        /** An answered poll: the wallet's retry. */
        NEXT_POLL,
        /** A poll that was asked after a stale answer. */
        FRESH_POLL,
        /** Other credentials, or a time. */
        CREDENTIALS,
        /** The round to become the current one again. */
        REVIVAL,
        /** The time after which a nonce that the upstream holds is sent again, or another nonce. */
        REST
    }

    private Until until = Until.NOW;
    private boolean isTimed;
    private long timer;

    /** Attempts in a row that ended without a verdict. */
    private int failures;

    private long staleNanos;
    private boolean betterMayPass;

    boolean isOver() {
        return until == Until.NOW;
    }

    int failures() {
        return failures;
    }

    /** Whether the next candidate may be sent. If the time for trying again after trouble is over, the lane rests from now on. */
    boolean maySend(LaneStep step) {
        if (isOver() && failures > 0 && !step.facts().mayRetry()) {
            begin(Until.REVIVAL, step);
        }
        return isOver();
    }

    /** A new best is queued: it does not wait for the trouble of one nonce, nor for a wallet's next poll. */
    void betterQueued(LaneStep step) {
        endIf(betterMayPass && (until == Until.BACK_OFF || until == Until.NEXT_POLL), step);
    }

    /** The upstream gave a verdict, so it works again. */
    void verdictReceived(LaneStep step) {
        failures = 0;
        endIf(until == Until.BACK_OFF || until == Until.CREDENTIALS, step);
    }

    /** The upstream called a nonce stale: only a poll that is asked afterwards counts. */
    void staleReceived(LaneStep step) {
        if (step.facts().isCurrent()) {
            staleNanos = step.facts().now();
            begin(Until.FRESH_POLL, step);
            step.add(new LaneEffect.RefreshMiningInfo());
        } else {
            begin(Until.REVIVAL, step);
        }
    }

    /** The upstream holds a nonce. That is no failure; where the time for trying again is over, it is not asked again. */
    void heldReceived(LaneStep step) {
        if (!step.facts().mayRetry()) {
            begin(Until.REVIVAL, step);
        }
    }

    /** @param nanos how long the next candidate must not be sent, because the upstream holds it; zero or less if it may be */
    void rest(long nanos, LaneStep step) {
        if (isOver() && nanos > 0) {
            begin(Until.REST, Duration.ofNanos(nanos), step);
        } else if (until == Until.REST && nanos <= 0) {
            end(step);
        }
    }

    /** An attempt ended without a verdict; returns whether its nonce is to be sent again: then {@link #begin} the wait. */
    boolean countFailure(Retry retry) {
        failures = retry.isNever() ? 0 : failures + 1;
        return !retry.isNever();
    }

    /** Waits as the policy says, or as the trouble demands. */
    void begin(Retry retry, UpstreamTrouble trouble, LaneStep step) {
        if (!step.facts().mayRetry()) {
            begin(Until.REVIVAL, step);
        } else if (trouble.kind() == Kind.UNAUTHORIZED) {
            begin(Until.CREDENTIALS, RetryDelays.UNAUTHORIZED_RETRY, step);
        } else {
            waitForUpstream(trouble, retry.delay(), step);
        }
    }

    /** @param backOff null for the wait for the next poll */
    private void waitForUpstream(UpstreamTrouble trouble, @Nullable Duration backOff, LaneStep step) {
        Duration asked = RetryDelays.honoured(trouble.retryAfter());
        if (backOff == null) {
            begin(Until.NEXT_POLL, step);
        } else {
            begin(Until.BACK_OFF, asked.isZero() ? backOff : asked, step);
        }
        pauseUpstream(trouble, backOff != null, step);
        betterMayPass = backOff == null
                || trouble.kind() == Kind.UNKNOWN_ERROR
                || trouble.kind() == Kind.MISFIT;
    }

    /**
     * If the upstream as a whole is busy, nothing is sent for a while.
     *
     * @param always whether that holds where it does not say for how long
     */
    static void pauseUpstream(UpstreamTrouble trouble, boolean always, LaneStep step) {
        if (trouble.kind() == Kind.UPSTREAM_BUSY) {
            Duration asked = RetryDelays.honoured(trouble.retryAfter());
            step.add(new LaneEffect.PauseUpstream(
                    asked.isZero() && always ? RetryDelays.BUSY_UPSTREAM : asked, step.facts().upstream()));
        }
    }

    /** The upstream answered a poll. */
    void polled(PollResult poll, LaneStep step) {
        switch (until) {
            case NEXT_POLL -> end(step);
            case BACK_OFF -> endIf(poll.endsOutage(), step);
            case CREDENTIALS -> endIf(poll.newCredentials(), step);
            case FRESH_POLL -> {
                if (poll.askedNanos() - staleNanos >= 0) {
                    begin(step.facts().isCurrent() ? Until.NOW : Until.REVIVAL, step);
                }
            }
            case NOW, REVIVAL, REST -> {}
        }
    }

    /** The round became the current one again, or was announced in another form. */
    void roundAnnounced(LaneStep step) {
        if (until == Until.REVIVAL || until == Until.FRESH_POLL) {
            failures = 0;
            end(step);
        }
    }

    /** Another upstream is the active one: the troubles of the former one are no reason to wait. */
    void upstreamChanged(LaneStep step) {
        failures = 0;
        betterMayPass = false;
        end(step);
    }

    /** The timer of that number elapsed; no effect when the wait has ended otherwise. */
    void elapsed(long number, LaneStep step) {
        endIf(isTimed && number == timer, step);
    }

    void end(LaneStep step) {
        begin(Until.NOW, step);
    }

    private void endIf(boolean isOver, LaneStep step) {
        if (isOver) {
            end(step);
        }
    }

    private void begin(Until what, Duration atMost, LaneStep step) {
        begin(what, step);
        isTimed = true;
        step.add(new LaneEffect.StartTimer(atMost, ++timer));
    }

    private void begin(Until what, LaneStep step) {
        if (isTimed) {
            isTimed = false;
            step.add(new LaneEffect.CancelTimer());
        }
        until = what;
    }
}
