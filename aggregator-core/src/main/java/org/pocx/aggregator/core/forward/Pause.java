package org.pocx.aggregator.core.forward;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.forward.RetryPolicy.Retry;
import org.pocx.aggregator.core.time.Scheduler;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/**
 * When a lane's next candidate may go: what the lane waits for after an attempt without a verdict, and what ends that wait.
 * Not thread-safe: its {@link Lane} guards it.
 */
final class Pause {
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
        /** The round to revive. */
        REVIVAL
    }

    private static final System.Logger LOG = System.getLogger(Pause.class.getName());

    private final LaneContext context;
    private final RoundLanes round;
    private Until until = Until.NOW;
    private Scheduler.@Nullable Task timer;

    /** Attempts in a row that ended without a verdict. */
    private int attempts;

    private long staleNanos;
    private boolean betterMayPass;

    Pause(LaneContext context, RoundLanes round) {
        this.context = context;
        this.round = round;
    }

    boolean isOver() {
        return until == Until.NOW;
    }

    /** Whether the next candidate may go. If the time for trying again after trouble is over, the lane rests from now on. */
    boolean letsGo() {
        if (isOver() && attempts > 0 && !round.mayRetry(now())) {
            begin(Until.REVIVAL);
        }
        return isOver();
    }

    /** The trouble of one nonce, or a wallet's wait for the next poll, does not hold up a better one that is new. */
    void letBetterPass() {
        if (betterMayPass) {
            endIf(until == Until.BACK_OFF || until == Until.NEXT_POLL);
        }
    }

    /** The upstream gave a verdict: whatever was wrong is not any more. */
    void verdictCame() {
        attempts = 0;
        endIf(until == Until.BACK_OFF || until == Until.CREDENTIALS);
    }

    /** The upstream called a nonce stale: only what it says when asked afterwards counts. */
    void staleCame() {
        if (round.isCurrent()) {
            staleNanos = now();
            begin(Until.FRESH_POLL);
            context.refreshMiningInfo().run();
        } else {
            begin(Until.REVIVAL);
        }
    }

    /** An attempt ended without a verdict. Returns what the policy says: {@link #begin}, or no wait for the others. */
    Retry troubleCame() {
        attempts++;
        Retry retry = ask();
        if (retry instanceof Retry.Never) {
            attempts = 0;
        }
        return retry;
    }

    /** One that fails must not cost a nonce its way to the upstream. */
    private Retry ask() {
        try {
            return Objects.requireNonNull(context.settings().retryPolicy().after(attempts, context.random()));
        } catch (RuntimeException fault) {
            LOG.log(System.Logger.Level.ERROR, "the retry policy failed", fault);
            return new Retry.AtNextPoll();
        }
    }

    /**
     * Waits as the policy said, or as the trouble wants it.
     *
     * @param retry not {@link Retry.Never}
     * @param guarded runs a change of this pause under the lane's lock, when its time has passed
     */
    void begin(Retry retry, UpstreamTrouble trouble, Consumer<Runnable> guarded) {
        waitFor(trouble, retry instanceof Retry.In in ? in.delay() : null, guarded);
    }

    /** @param backOff null for the wait for the next poll */
    private void waitFor(UpstreamTrouble trouble, @Nullable Duration backOff, Consumer<Runnable> guarded) {
        if (!round.mayRetry(now())) {
            begin(Until.REVIVAL);
        } else if (trouble instanceof UpstreamTrouble.Unauthorized) {
            begin(Until.CREDENTIALS, Delays.UNAUTHORIZED_RETRY, guarded);
        } else {
            waitForUpstream(trouble, backOff, guarded);
        }
    }

    private void waitForUpstream(UpstreamTrouble trouble, @Nullable Duration backOff, Consumer<Runnable> guarded) {
        UpstreamTrouble.@Nullable Busy busy = trouble instanceof UpstreamTrouble.Busy is ? is : null;
        Duration asked = busy == null ? Duration.ZERO : Delays.honoured(busy.retryAfter());
        if (backOff == null) {
            begin(Until.NEXT_POLL);
        } else {
            begin(Until.BACK_OFF, asked.isZero() ? backOff : asked, guarded);
        }
        if (busy != null && busy.scope() == UpstreamTrouble.Busy.Scope.UPSTREAM) {
            context.dispatcher().pause(asked.isZero() && backOff != null ? Delays.BUSY_UPSTREAM : asked);
        }
        betterMayPass = backOff == null
                || trouble instanceof UpstreamTrouble.UnknownCode
                || trouble instanceof UpstreamTrouble.Misfit;
    }

    /** A confirmed nonce that was sent again got no verdict: where the upstream as a whole is busy, nothing is sent for a while. */
    void resendTroubled(UpstreamTrouble trouble) {
        if (trouble instanceof UpstreamTrouble.Busy busy && busy.scope() == UpstreamTrouble.Busy.Scope.UPSTREAM) {
            Duration asked = Delays.honoured(busy.retryAfter());
            boolean failsFast = context.settings().resend().afterPocTime();
            context.dispatcher().pause(asked.isZero() && !failsFast ? Delays.BUSY_UPSTREAM : asked);
        }
    }

    /** The upstream answered a poll. */
    void polled(PollNews news) {
        switch (until) {
            case NEXT_POLL -> end();
            case BACK_OFF -> endIf(news.endsOutage());
            case CREDENTIALS -> endIf(news.newCredentials());
            case FRESH_POLL -> {
                if (news.askedNanos() - staleNanos >= 0) {
                    begin(round.isCurrent() ? Until.NOW : Until.REVIVAL);
                }
            }
            case NOW, REVIVAL -> {}
        }
    }

    /** The round became the current one again, or was announced in another form. */
    void revived() {
        if (until == Until.REVIVAL || until == Until.FRESH_POLL) {
            attempts = 0;
            end();
        }
    }

    void end() {
        begin(Until.NOW);
    }

    private void endIf(boolean over) {
        if (over) {
            end();
        }
    }

    private void begin(Until what, Duration atMost, Consumer<Runnable> guarded) {
        begin(what);
        timer = context.scheduler().schedule(atMost, () -> guarded.accept(() -> endIf(until == what)));
    }

    private void begin(Until what) {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        until = what;
    }

    private long now() {
        return context.scheduler().nanoTime();
    }
}
