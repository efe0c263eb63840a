package org.pocx.aggregator.core.forward;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.filter.Candidate;
import org.pocx.aggregator.core.filter.Ladder;
import org.pocx.aggregator.core.forward.Pause.Until;
import org.pocx.aggregator.core.forward.RetryPolicy.Retry;
import org.pocx.aggregator.core.stats.Fate;
import org.pocx.aggregator.core.store.Verdict;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/**
 * The way to the upstream for one round and key: a {@link Ladder}, and when its next candidate may go. A lane that waits
 * delays no other.
 *
 * <p>Thread-safe: all state, that of the ladder, the ledger and the pause included, belongs to {@code lock}. Under it are
 * called the listener, the store writer and the dispatcher, none of which calls a lane back.
 */
final class Lane {
    private static final int MAX_UNKNOWN_ERRORS = 5;

    private final String key;
    private final RoundLanes round;
    private final LaneContext context;
    private final ReentrantLock lock = new ReentrantLock();
    private final RefusedAccounts refusedAccounts = new RefusedAccounts();
    private final LaneLedger ledger;
    private final Ladder ladder;
    private final Pause pause;

    /** Read without the lock to pass over the many lanes that a poll does not concern. */
    private volatile boolean attentive;

    private int attempts;
    private long staleNanos;
    private boolean closed;
    private boolean betterMayPass;

    Lane(String key, RoundLanes round, LaneContext context) {
        this.key = key;
        this.round = round;
        this.context = context;
        this.ledger = new LaneLedger(context, refusedAccounts);
        this.ladder = new Ladder(round.standing(), ledger);
        this.pause = new Pause(context.scheduler());
    }

    String key() {
        return key;
    }

    RoundLanes round() {
        return round;
    }

    private void guarded(Runnable change) {
        lock.lock();
        try {
            change.run();
            goOn();
        } finally {
            lock.unlock();
        }
    }

    // ---- candidates come in

    /**
     * Takes a nonce.
     *
     * @return the candidate whose {@link Candidate#answerable()} decides about the receipt (it may have come in before),
     *     or null when the lane is closed
     */
    @Nullable
    Candidate offer(Candidate candidate) {
        lock.lock();
        try {
            if (closed) {
                return null;
            }
            Candidate held = ladder.find(candidate.nonceId());
            if (held == null) {
                takeIn(candidate);
                goOn();
            }
            return held == null ? candidate : held;
        } finally {
            lock.unlock();
        }
    }

    private void takeIn(Candidate candidate) {
        if (round.memory().add(candidate.nonceId())) {
            ledger.received(candidate);
            climb(candidate);
        }
        if (candidate.fate() != Fate.PENDING && !mustBeDurable(candidate)) {
            candidate.becomeAnswerable();
        }
    }

    /**
     * Whether a runner-up has to be durable before its miner gets a receipt: nothing ahead that claims as much is durable
     * yet. If the process died now, a miner who never sends again would hold the only receipt.
     */
    private boolean mustBeDurable(Candidate candidate) {
        return candidate.fate() == Fate.FILTERED && candidate.stored() && !ladder.isCovered(candidate);
    }

    private void climb(Candidate candidate) {
        String refusal = refusedAccounts.words(candidate.submission().accountId());
        ledger.reason(refusal == null ? "" : refusal);
        if (refusal != null) {
            ladder.refuse(candidate);
        } else if (ladder.offer(candidate)) {
            ledger.store(candidate);
            passIfBetter(candidate);
        }
    }

    /** The trouble of one nonce, or a wallet's wait for the next poll, does not hold up a better one that is new. */
    private void passIfBetter(Candidate candidate) {
        boolean waits = pause.until() == Until.BACK_OFF || pause.until() == Until.NEXT_POLL;
        if (betterMayPass && waits && ladder.queued() == candidate) {
            pause.end();
        }
    }

    /** Takes a nonce from the outbox of an earlier run. */
    void restore(Candidate candidate) {
        guarded(() -> {
            candidate.markStored();
            candidate.becomeAnswerable();
            if (round.memory().add(candidate.nonceId())) {
                ledger.received(candidate);
                if (!ladder.offer(candidate)) {
                    ledger.dropped(candidate);
                }
            }
        });
    }

    /** Takes a verdict of an earlier run. */
    void restore(Verdict verdict) {
        guarded(() -> {
            round.memory().add(verdict.submission().nonceId());
            switch (verdict.outcome()) {
                case CONFIRMED -> ladder.restoreConfirmed(verdict.confirmedRawQuality());
                case REJECTED -> round.standing().rejected(verdict.miner().address());
                case ACCOUNT_REFUSED -> refusedAccounts.add(verdict.submission().accountId(), verdict.message());
                case STALE, EXPIRED -> {}
            }
        });
    }

    // ---- candidates go out

    /** The candidate to be sent now, or null when there is none or the lane has to wait. */
    @Nullable
    Candidate takeNext() {
        lock.lock();
        try {
            if (!pause.isOver() || closed) {
                return null;
            }
            if (attempts > 0 && !round.mayRetry(now())) {
                pause.begin(Until.REVIVAL);
                return null;
            }
            ladder.promote(); // a machine may have become suspect by what it sent under another key
            Candidate next = ladder.takeNext();
            if (next != null) {
                ledger.forwarded(next);
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The candidate's attempt ended.
     *
     * @param cut why the dispatcher ended the attempt, if it did, which may be no reason to hold the lane back
     */
    void finish(Candidate candidate, SubmitOutcome outcome, Attempt.Cut cut) {
        guarded(() -> {
            switch (outcome) {
                case SubmitOutcome.Accepted accepted -> accepted(candidate, accepted);
                case SubmitOutcome.Rejected rejected -> rejected(candidate, rejected);
                case SubmitOutcome.Stale stale -> stale(candidate, stale);
                case UpstreamTrouble trouble -> troubled(candidate, trouble, cut);
            }
        });
    }

    private void accepted(Candidate candidate, SubmitOutcome.Accepted accepted) {
        long claim = candidate.rawQuality();
        boolean worse = Long.compareUnsigned(accepted.rawQuality(), claim) > 0;
        long confirmed = worse ? accepted.rawQuality() : claim;
        ledger.confirmedAt(confirmed, claim);
        verdictCame();
        context.reputation().confirmed(candidate.miner().address(), now());
        ladder.confirm(candidate, confirmed);
    }

    private void rejected(Candidate candidate, SubmitOutcome.Rejected rejected) {
        ledger.reason(rejected.message(), rejected.code());
        verdictCame();
        switch (rejected.scope()) {
            case NONCE -> blame(candidate);
            case ACCOUNT -> {
                String account = candidate.submission().accountId();
                refusedAccounts.add(account, rejected.message());
                ladder.rejectAccount(account);
            }
        }
        ladder.reject(candidate);
    }

    private void blame(Candidate candidate) {
        if (round.standing().rejected(candidate.miner().address())) {
            ledger.suspected(candidate);
        }
    }

    private void verdictCame() {
        attempts = 0;
        switch (pause.until()) {
            case BACK_OFF, CREDENTIALS -> pause.end();
            case NOW, NEXT_POLL, FRESH_POLL, REVIVAL -> {}
        }
    }

    private void stale(Candidate candidate, SubmitOutcome.Stale stale) {
        ledger.reason(stale.message(), stale.code());
        candidate.retryStaleAt(
                now() + Delays.afterStale(candidate.countStaleAnswer()).toNanos());
        ladder.park(candidate);
        if (!round.isCurrent()) {
            pause.begin(Until.REVIVAL);
        } else {
            staleNanos = now();
            pause.begin(Until.FRESH_POLL);
            context.refreshMiningInfo().run();
        }
    }

    private void troubled(Candidate candidate, UpstreamTrouble given, Attempt.Cut cut) {
        boolean swallowed = cut == Attempt.Cut.AFTER_OUTAGE && given instanceof UpstreamTrouble.Unreachable;
        UpstreamTrouble trouble = swallowed ? UpstreamTrouble.Unreachable.SWALLOWED_BY_OUTAGE : given;
        ledger.reason(trouble.message());
        if (closed) {
            ladder.giveUp(candidate);
        } else if (isHopeless(candidate, trouble)) {
            verdictCame();
            ladder.reject(candidate);
        } else {
            ledger.delayed(candidate, trouble);
            hold(candidate, trouble, goesOn(cut));
        }
    }

    /** Whether the lane need not wait after an attempt that was cut: a better one does, or the upstream is just back. */
    private boolean goesOn(Attempt.Cut cut) {
        return switch (cut) {
            case NOT -> false;
            case FOR_OTHERS -> ladder.queued() != null;
            case AFTER_OUTAGE -> true;
        };
    }

    private boolean isHopeless(Candidate candidate, UpstreamTrouble trouble) {
        return trouble instanceof UpstreamTrouble.UnknownCode && candidate.countUnknownError() >= MAX_UNKNOWN_ERRORS;
    }

    private void hold(Candidate candidate, UpstreamTrouble trouble, boolean goesOn) {
        if (goesOn) {
            ladder.requeue(candidate);
            return;
        }
        attempts++;
        Retry retry = context.settings().retryPolicy().after(attempts, context.random());
        if (retry instanceof Retry.Never) {
            attempts = 0;
            ladder.giveUp(candidate);
            return;
        }
        ladder.requeue(candidate);
        if (!round.mayRetry(now())) {
            pause.begin(Until.REVIVAL);
        } else if (trouble instanceof UpstreamTrouble.Unauthorized) {
            waitAtMost(Until.CREDENTIALS, Delays.UNAUTHORIZED_RETRY);
        } else {
            waitFor(retry, trouble);
        }
    }

    private void waitFor(Retry retry, UpstreamTrouble trouble) {
        Duration asked =
                trouble instanceof UpstreamTrouble.Busy busy ? Delays.honoured(busy.retryAfter()) : Duration.ZERO;
        switch (retry) {
            case Retry.In in -> waitAtMost(Until.BACK_OFF, asked.isZero() ? in.delay() : asked);
            case Retry.AtNextPoll next -> pause.begin(Until.NEXT_POLL);
            case Retry.Never never -> throw new IllegalStateException("a nonce that is given up waits for nothing");
        }
        boolean atNextPoll = retry instanceof Retry.AtNextPoll;
        if (trouble instanceof UpstreamTrouble.Busy busy && busy.scope() == UpstreamTrouble.Busy.Scope.UPSTREAM) {
            context.dispatcher().pause(asked.isZero() && !atNextPoll ? Delays.BUSY_UPSTREAM : asked);
        }
        betterMayPass = trouble instanceof UpstreamTrouble.UnknownCode || atNextPoll;
    }

    // ---- the world changes

    /** The upstream answered a poll. */
    void polled(PollNews news) {
        if (attentive) {
            guarded(() -> react(news));
        }
    }

    private void react(PollNews news) {
        if (closed) {
            return;
        }
        switch (pause.until()) {
            case NEXT_POLL -> pause.end();
            case BACK_OFF -> endPauseIf(news.endsOutage());
            case CREDENTIALS -> endPauseIf(news.newCredentials());
            case FRESH_POLL -> {
                if (news.askedNanos() - staleNanos >= 0) {
                    pause.begin(round.isCurrent() ? Until.NOW : Until.REVIVAL);
                }
            }
            case NOW, REVIVAL -> {}
        }
        if (pause.isOver()) {
            retryStale();
            ladder.promote();
        }
    }

    private void endPauseIf(boolean over) {
        if (over) {
            pause.end();
        }
    }

    private void retryStale() {
        if (round.isCurrent() && ladder.hasParked()) {
            long now = now();
            ladder.unpark(
                    candidate -> candidate.mayRetryStale(now) && round.round().isCurrentFormOf(candidate.submission()));
        }
    }

    /** The round became the current one again, or was announced in another form: what was stale may be good now. */
    void revived() {
        guarded(() -> {
            if (closed) {
                return;
            }
            if (pause.until() == Until.REVIVAL || pause.until() == Until.FRESH_POLL) {
                attempts = 0;
                pause.end();
            }
            ladder.unpark(candidate -> true);
        });
    }

    /** The round is over for good. */
    void close() {
        guarded(() -> {
            closed = true;
            ledger.reason("the round is over");
            pause.end();
            ladder.close();
        });
    }

    /** Closes the lane when nothing on it is pending or confirmed; returns whether it did. */
    boolean closeIfIdle() {
        lock.lock();
        try {
            boolean idle = ladder.queued() == null
                    && ladder.inFlightCount() == 0
                    && !ladder.hasParked()
                    && ladder.confirmed().isEmpty();
            closed |= idle;
            return idle;
        } finally {
            lock.unlock();
        }
    }

    /** Whether there is something to send that has to wait for more than a slot. */
    boolean isHeld() {
        lock.lock();
        try {
            return !closed && ladder.queued() != null && !pause.isOver();
        } finally {
            lock.unlock();
        }
    }

    /** Asks the dispatcher to end an attempt that hangs, when something better still waits for its place. */
    void checkCrowd() {
        guarded(() -> {});
    }

    // ---- waiting

    /** After each change: tells the dispatcher what there is to send. */
    private void goOn() {
        attentive = !pause.isOver() || ladder.hasParked();
        Candidate next = ladder.queued();
        if (next == null || !pause.isOver() || closed) {
            return;
        }
        if (ladder.inFlightCount() < Ladder.MAX_IN_FLIGHT) {
            context.dispatcher().ready(this, next);
        } else {
            context.dispatcher().crowded(this);
        }
    }

    private void waitAtMost(Until what, Duration time) {
        pause.begin(what, time, () -> waited(what));
    }

    private void waited(Until what) {
        guarded(() -> endPauseIf(pause.until() == what));
    }

    private long now() {
        return context.scheduler().nanoTime();
    }
}
