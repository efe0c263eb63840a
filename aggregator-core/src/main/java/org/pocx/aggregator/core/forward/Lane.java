package org.pocx.aggregator.core.forward;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.filter.Candidate;
import org.pocx.aggregator.core.filter.Ladder;
import org.pocx.aggregator.core.forward.RetryPolicy.Retry;
import org.pocx.aggregator.core.store.Verdict;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/**
 * The way to the upstream for one round and key: a {@link Ladder}, and when its next candidate may go. A lane that waits
 * delays no other.
 *
 * <p>Thread-safe: all state, that of the ladder, the ledger and the pause included, belongs to {@code lock}. Under it are
 * called the listener, the store writer, the dispatcher, the scheduler, the retry policy and the cache that is to poll, none of
 * which calls a lane back.
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

    private boolean closed;

    Lane(String key, RoundLanes round, LaneContext context) {
        this.key = key;
        this.round = round;
        this.context = context;
        this.ledger = new LaneLedger(context, refusedAccounts);
        this.ladder = new Ladder(round.standing(), ledger);
        this.pause = new Pause(context, round);
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
            if (ladder.queued() == candidate) {
                pause.letBetterPass();
            }
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
            if (closed || !pause.letsGo()) {
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
        pause.verdictCame();
        context.reputation().confirmed(candidate.miner().address(), now());
        ladder.confirm(candidate, confirmed);
    }

    private void rejected(Candidate candidate, SubmitOutcome.Rejected rejected) {
        ledger.reason(rejected.message(), rejected.code());
        pause.verdictCame();
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

    private void stale(Candidate candidate, SubmitOutcome.Stale stale) {
        ledger.reason(stale.message(), stale.code());
        candidate.retryStaleAt(
                now() + Delays.afterStale(candidate.countStaleAnswer()).toNanos());
        ladder.park(candidate);
        pause.staleCame();
    }

    private void troubled(Candidate candidate, UpstreamTrouble given, Attempt.Cut cut) {
        boolean swallowed = cut == Attempt.Cut.AFTER_OUTAGE && given instanceof UpstreamTrouble.Unreachable;
        UpstreamTrouble trouble = swallowed ? UpstreamTrouble.Unreachable.SWALLOWED_BY_OUTAGE : given;
        ledger.reason(trouble.message());
        if (closed) {
            ladder.giveUp(candidate);
        } else if (isHopeless(candidate, trouble)) {
            pause.verdictCame();
            ladder.reject(candidate);
        } else {
            ledger.delayed(candidate, trouble);
            retry(candidate, trouble, cut);
        }
    }

    private void retry(Candidate candidate, UpstreamTrouble trouble, Attempt.Cut cut) {
        if (goesOn(cut)) {
            ladder.requeue(candidate);
            return;
        }
        Retry retry = pause.troubleCame();
        if (retry instanceof Retry.Never) {
            ladder.giveUp(candidate);
        } else {
            ladder.requeue(candidate); // first of all: whatever fails from here on, the nonce is not lost
            pause.begin(retry, trouble, this::guarded);
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
        pause.polled(news);
        if (pause.isOver()) {
            retryStale();
            ladder.promote();
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
            pause.revived();
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

    private long now() {
        return context.scheduler().nanoTime();
    }
}
