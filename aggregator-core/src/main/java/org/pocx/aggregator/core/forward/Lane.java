package org.pocx.aggregator.core.forward;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.AggregatorEvent;
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

    /** Errors in a row that the upstream answers to one nonce, after which its runner-up goes before each further try. */
    private static final int OWN_TROUBLES = 3;

    private final String key;
    private final RoundLanes round;
    private final LaneContext context;
    private final ReentrantLock lock = new ReentrantLock();
    private final LaneLedger ledger;
    private final Ladder ladder;
    private final Pause pause;
    private final Resend resend;

    /** Read without the lock to pass over the many lanes that a poll does not concern. */
    private volatile boolean attentive;

    /** Read without the lock: whether candidates of refused accounts are held. */
    private volatile boolean holding;

    private boolean closed;

    /** The account of which the next candidate is to be sent to find out whether it is accepted again. */
    private @Nullable String accountToProbe;

    /** Whether one candidate of a form that the upstream cannot process may go, to find out whether it still cannot. */
    private boolean mayProbeForm;

    /** How often this lane found out whether a form can be processed again: others have their turn first. */
    private int formProbes;

    /** The upstream's incarnation when the confirmed best was sent again. */
    private long resentIn;

    Lane(String key, RoundLanes round, LaneContext context) {
        this.key = key;
        this.round = round;
        this.context = context;
        this.ledger = new LaneLedger(context);
        this.ladder = new Ladder(
                round.standing(),
                candidate -> context.forms().isMisfit(candidate.submission()),
                context.settings().resend().enabled(),
                ledger);
        this.pause = new Pause(context, round);
        this.resend = new Resend(context.settings().resend(), context.pocTime(), round);
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
        holdRefused();
        ledger.flush();
        resend.watch(ladder.bestConfirmed(), now());
        holding = !ladder.heldAccounts().isEmpty();
        attentive = !pause.isOver()
                || ladder.hasParked()
                || holding
                || ladder.isQueuedMisfit()
                || resend.candidate() != null;
        Candidate next = ladder.queued();
        if (next == null || !pause.isOver() || closed || (ladder.isQueuedMisfit() && !mayProbeForm)) {
            return;
        }
        if (ladder.inFlightCount() < Ladder.MAX_IN_FLIGHT) {
            context.dispatcher().ready(this, next);
        } else {
            context.dispatcher().crowded(this);
        }
    }

    /** What waits of an account that was refused meanwhile, under whatever key or round, is held. */
    private void holdRefused() {
        Candidate next = ladder.queued();
        while (next != null && isRefused(next)) {
            ladder.holdAccount(next.submission().accountId());
            next = ladder.queued();
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
            climb(candidate);
        }
        if (candidate.fate() != Fate.PENDING && !candidate.isFollowing() && !mustBeDurable(candidate)) {
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
        boolean refused = isRefused(candidate);
        if (refused) {
            round.standing()
                    .refusedAccount(
                            candidate.miner().address(), candidate.submission().accountId());
        }
        ledger.reason("");
        if (refused ? ladder.offerHeld(candidate) : ladder.offer(candidate)) {
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
                if (!ladder.offer(candidate)) {
                    ledger.dropped(candidate, null);
                }
            }
        });
    }

    /**
     * Takes a verdict of an earlier run.
     *
     * @param candidate the nonce that it is about
     */
    void restore(Candidate candidate, Verdict verdict) {
        guarded(() -> {
            round.memory().add(candidate.nonceId());
            candidate.markStored();
            candidate.becomeAnswerable();
            switch (verdict.outcome()) {
                case CONFIRMED -> ladder.restoreConfirmed(candidate, verdict.confirmedRawQuality());
                case REJECTED, ACCOUNT_REFUSED, STALE, EXPIRED -> {}
            }
            if (verdict.isBad()) {
                round.standing().badNonce(candidate.miner().address());
            }
        });
    }

    // ---- candidates go out

    /** The candidate to be sent now, or null when there is none or the lane has to wait. */
    @Nullable
    Candidate takeNext() {
        lock.lock();
        try {
            Candidate next = closed || !pause.letsGo() ? null : choose();
            if (accountToProbe != null) {
                context.refusedAccounts().probeEnded(accountToProbe);
                accountToProbe = null;
            }
            if (next != null) {
                next.sentIn(context.incarnation().number());
                ledger.forwarded(next);
            }
            goOn();
            return next;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Candidate choose() {
        String account = accountToProbe;
        if (account != null) {
            accountToProbe = null;
            Candidate probe = ladder.takeHeld(account);
            if (probe != null) {
                return probe;
            }
            context.refusedAccounts().probeEnded(account);
        }
        ladder.promote(); // a machine may have become suspect by what it sent under another key
        holdRefused();
        if (ladder.isQueuedMisfit() && !mayProbeForm) {
            return null;
        }
        mayProbeForm = false;
        return ladder.takeNext();
    }

    /**
     * The candidate's attempt ended.
     *
     * @param cut why the dispatcher ended the attempt, if it did, which may be no reason to hold the lane back
     */
    void finish(Candidate candidate, SubmitOutcome outcome, Attempt.Cut cut) {
        guarded(() -> {
            boolean isAlone = isMisfitAlone(candidate);
            learn(candidate, outcome, isAlone);
            switch (outcome) {
                case SubmitOutcome.Accepted accepted -> accepted(candidate, accepted);
                case SubmitOutcome.Rejected rejected -> rejected(candidate, rejected);
                case SubmitOutcome.Stale stale -> stale(candidate, stale);
                case UpstreamTrouble.AccountRefused refused -> accountRefused(candidate, refused);
                case UpstreamTrouble.Misfit misfit when !isAlone -> misfit(candidate, misfit);
                case UpstreamTrouble trouble -> troubled(candidate, trouble, cut);
            }
        });
    }

    /** Whether the upstream processes other requests of the candidate's form, and answered several times that this one does not fit. */
    private boolean isMisfitAlone(Candidate candidate) {
        return candidate.ownTroubles() >= OWN_TROUBLES && context.forms().hasFitted(candidate.submission());
    }

    /** What the outcome says of the upstream, beyond this candidate. */
    private void learn(Candidate candidate, SubmitOutcome outcome, boolean isMisfitAlone) {
        String account = candidate.submission().accountId();
        context.refusedAccounts().probeEnded(account);
        switch (outcome) {
            case SubmitOutcome.Accepted accepted -> accepts(candidate);
            case SubmitOutcome.Rejected rejected -> context.forms().fits(candidate.submission());
            case SubmitOutcome.Stale stale -> context.forms().fits(candidate.submission());
            case UpstreamTrouble.AccountRefused refused -> {
                context.forms().fits(candidate.submission());
                context.refusedAccounts().refused(account, now());
                round.standing().refusedAccount(candidate.miner().address(), account);
            }
            case UpstreamTrouble.Misfit misfit -> {
                if (!isMisfitAlone) {
                    context.forms().misfit(candidate.submission(), misfit);
                }
            }
            case UpstreamTrouble.WalletLocked locked -> context.forms().fits(candidate.submission());
            case UpstreamTrouble.Unreachable away -> {}
            case UpstreamTrouble.Busy busy -> {}
            case UpstreamTrouble.Unauthorized unknown -> {}
            case UpstreamTrouble.UnknownCode unknown -> {}
        }
    }

    private void accepts(Candidate candidate) {
        String account = candidate.submission().accountId();
        context.forms().fits(candidate.submission());
        if (context.refusedAccounts().accepted(account)) {
            context.listener().on(new AggregatorEvent.AccountAccepted(account));
        }
    }

    private void accepted(Candidate candidate, SubmitOutcome.Accepted accepted) {
        long claim = candidate.rawQuality();
        boolean worse = Long.compareUnsigned(accepted.rawQuality(), claim) > 0;
        long confirmed = worse ? accepted.rawQuality() : claim;
        ledger.confirmedAt(confirmed, claim);
        pause.verdictCame();
        if (worse) {
            blame(candidate);
        } else {
            context.reputation().confirmed(candidate.miner().address(), now());
        }
        ladder.confirm(candidate, confirmed);
        releaseAccepted();
    }

    private void rejected(Candidate candidate, SubmitOutcome.Rejected rejected) {
        ledger.reason(rejected);
        pause.verdictCame();
        if (rejected.fault() == SubmitOutcome.Rejected.Fault.PROOF) {
            blame(candidate);
        }
        ladder.reject(candidate);
        releaseAccepted();
    }

    private void blame(Candidate candidate) {
        if (round.standing().badNonce(candidate.miner().address())) {
            ledger.suspected(candidate);
        }
    }

    private void accountRefused(Candidate candidate, UpstreamTrouble.AccountRefused refused) {
        ledger.reason(refused.message(), refused.code());
        ledger.delayed(candidate, refused);
        pause.verdictCame();
        if (closed) {
            ladder.giveUp(candidate);
        } else if (isRefused(candidate)) {
            ladder.hold(candidate);
        } else {
            ladder.reject(candidate); // there are too many such accounts to remember them all
        }
    }

    /** Whether it is known that the upstream accepts no nonce of the candidate's account now. */
    private boolean isRefused(Candidate candidate) {
        return context.refusedAccounts().contains(candidate.submission().accountId());
    }

    private void misfit(Candidate candidate, UpstreamTrouble.Misfit misfit) {
        ledger.reason(misfit.message(), misfit.code());
        ledger.delayed(candidate, misfit);
        pause.verdictCame();
        if (closed) {
            ladder.giveUp(candidate);
        } else {
            countOwnTrouble(candidate);
            putBack(candidate);
        }
    }

    /** After several of its own in a row, its runner-up goes first. */
    private void countOwnTrouble(Candidate candidate) {
        if (context.pollsAreGood().getAsBoolean() && candidate.countOwnTrouble() >= OWN_TROUBLES) {
            candidate.yieldTurn();
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
        ledger.reason(trouble.message(), trouble instanceof UpstreamTrouble.UnknownCode unknown ? unknown.code() : 0);
        if (!swallowed && trouble instanceof UpstreamTrouble.Unreachable unreachable && unreachable.refused()) {
            context.incarnation().connectionRefused();
        }
        if (closed) {
            ladder.giveUp(candidate);
        } else if (isHopeless(candidate, trouble)) {
            pause.verdictCame();
            ladder.reject(candidate);
        } else {
            ledger.delayed(candidate, trouble);
            if (isItsOwn(trouble)) {
                countOwnTrouble(candidate);
            } else if (cut == Attempt.Cut.NOT) {
                candidate.clearOwnTroubles();
            }
            retry(candidate, trouble, cut);
        }
    }

    /** Whether the upstream answered an error to this nonce that says nothing of others. */
    private static boolean isItsOwn(UpstreamTrouble trouble) {
        return trouble instanceof UpstreamTrouble.UnknownCode
                || trouble instanceof UpstreamTrouble.Misfit
                || (trouble instanceof UpstreamTrouble.Busy busy && busy.scope() == UpstreamTrouble.Busy.Scope.LANE);
    }

    /** Puts back what has no verdict; what is of a refused account goes back to those that are held. */
    private void putBack(Candidate candidate) {
        if (isRefused(candidate)) {
            ladder.hold(candidate);
        } else {
            ladder.requeue(candidate);
        }
    }

    private void retry(Candidate candidate, UpstreamTrouble trouble, Attempt.Cut cut) {
        if (goesOn(cut)) {
            putBack(candidate);
            return;
        }
        Retry retry = pause.troubleCame();
        if (retry instanceof Retry.Never) {
            ladder.giveUp(candidate);
        } else {
            putBack(candidate); // first of all: whatever fails from here on, the nonce is not lost
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

    // ---- confirmed nonces go out again

    /** The confirmed best, to be sent again now; null when that is no longer to be done. */
    @Nullable
    Candidate takeResend() {
        lock.lock();
        try {
            Candidate best = resend.candidate();
            resentIn = context.incarnation().number();
            String cause = closed || best == null || isHeldBack(best) ? null : resend.cause(resentIn, now());
            mayProbeForm = false;
            if (best == null || cause == null) {
                return null;
            }
            resend.began(now());
            ledger.resent(best, cause);
            return best;
        } finally {
            lock.unlock();
        }
    }

    private boolean isHeldBack(Candidate best) {
        return isRefused(best) || (context.forms().isMisfit(best.submission()) && !mayProbeForm);
    }

    /** An attempt to send the confirmed best again ended. */
    void finishResend(Candidate candidate, SubmitOutcome outcome) {
        guarded(() -> {
            learn(candidate, outcome, false);
            switch (outcome) {
                case SubmitOutcome.Accepted accepted -> resend.accepted(candidate, resentIn, now());
                case SubmitOutcome.Stale stale -> {
                    resend.stale();
                    if (round.isCurrent() && !round.round().isCurrentFormOf(candidate.submission())) {
                        ledger.reason(stale.message(), stale.code());
                        ladder.parkConfirmed(candidate);
                    }
                    context.refreshMiningInfo().run();
                }
                case SubmitOutcome.Rejected rejected -> {
                    resend.failed();
                    takeBack(candidate, rejected);
                }
                case UpstreamTrouble.AccountRefused refused -> {
                    resend.failed();
                    ledger.reason(refused.message(), refused.code());
                    ledger.delayed(candidate, refused);
                    if (closed) {
                        return;
                    }
                    if (isRefused(candidate)) {
                        ladder.hold(candidate);
                    } else {
                        ladder.rejectConfirmed(candidate);
                    }
                }
                case UpstreamTrouble trouble -> resendTroubled(candidate, trouble);
            }
        });
    }

    /** The attempt ended without a verdict: the next one is due after the gap. */
    private void resendTroubled(Candidate candidate, UpstreamTrouble trouble) {
        resend.failed();
        if (trouble instanceof UpstreamTrouble.UnknownCode unknown && isHopeless(candidate, trouble)) {
            takeBack(
                    candidate,
                    new SubmitOutcome.Rejected(
                            unknown.code(), unknown.message(), SubmitOutcome.Rejected.Fault.REQUEST));
            return;
        }
        ledger.reason(trouble.message());
        ledger.delayed(candidate, trouble);
        pause.resendTroubled(trouble);
    }

    /** The upstream rejects what it confirmed before: it does not count any more. */
    private void takeBack(Candidate candidate, SubmitOutcome.Rejected rejected) {
        ledger.reason(rejected);
        context.reputation().withdraw(candidate.miner().address());
        if (rejected.fault() == SubmitOutcome.Rejected.Fault.PROOF) {
            blame(candidate);
        }
        ladder.rejectConfirmed(candidate);
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
        releaseAccepted();
        if (pause.isOver()) {
            retryStale();
            ladder.promote();
        }
    }

    /**
     * Sends the confirmed best again where the upstream may have forgotten it. Called when all lanes know of the poll: what is
     * new goes first.
     */
    void remind(long incarnation) {
        if (attentive) {
            guarded(() -> resendIfDue(incarnation));
        }
    }

    private void resendIfDue(long incarnation) {
        Candidate best = resend.candidate();
        if (closed || best == null || resend.cause(incarnation, now()) == null) {
            return;
        }
        if (isRefused(best)) { // it may be forgotten, and would not be taken again: others compete
            ledger.reason("its account is refused, and the upstream may have forgotten it");
            ladder.hold(best);
        } else if (!isHeldBack(best)) {
            context.dispatcher().resend(this, best);
        }
    }

    /** What is held of accounts that are accepted again competes again. */
    private void releaseAccepted() {
        if (!round.mayRetry(now())) {
            return;
        }
        List<String> accepted = ladder.heldAccounts().stream()
                .filter(account -> !context.refusedAccounts().contains(account))
                .toList();
        accepted.forEach(ladder::release);
    }

    /** Whether candidates of refused accounts are held. */
    boolean isHolding() {
        return holding;
    }

    /** The accounts of which candidates are held here. */
    List<String> heldAccounts() {
        lock.lock();
        try {
            return List.copyOf(ladder.heldAccounts());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sends the best candidate of a refused account, to find out whether it is accepted again.
     *
     * @param began told before the candidate goes out
     * @return false when nothing of it is held here or the lane has to wait
     */
    boolean probe(String account, Consumer<String> began) {
        lock.lock();
        try {
            Candidate probe = ladder.bestHeld(account);
            if (probe == null || closed || !pause.isOver() || accountToProbe != null || !round.mayRetry(now())) {
                return false;
            }
            began.accept(account);
            accountToProbe = account;
            context.dispatcher().ready(this, probe);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** How often {@link #probeForm} sent a candidate. */
    int formProbes() {
        lock.lock();
        try {
            return formProbes;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sends a candidate of a form that the upstream could not process, if the next one is of such, or the confirmed best that is
     * due to be sent again; returns whether it is.
     */
    boolean probeForm() {
        lock.lock();
        try {
            boolean isProbed = !closed && round.mayRetry(now()) && (probesQueued() || probesConfirmed());
            formProbes += isProbed ? 1 : 0;
            return isProbed;
        } finally {
            lock.unlock();
        }
    }

    private boolean probesQueued() {
        if (!pause.isOver() || !ladder.isQueuedMisfit()) {
            return false;
        }
        mayProbeForm = true;
        goOn();
        return true;
    }

    private boolean probesConfirmed() {
        Candidate best = resend.candidate();
        if (best == null
                || !context.forms().isMisfit(best.submission())
                || isRefused(best)
                || resend.cause(context.incarnation().number(), now()) == null) {
            return false;
        }
        mayProbeForm = true;
        context.dispatcher().resend(this, best);
        return true;
    }

    private void retryStale() {
        if (round.isCurrent() && ladder.hasParked()) {
            long now = now();
            ladder.unpark(
                    candidate -> candidate.mayRetryStale(now) && round.round().isCurrentFormOf(candidate.submission()));
        }
    }

    /**
     * The round became the current one again, or was announced in another form: what was stale may be good now.
     *
     * @param revived whether it became the current one again
     */
    void announcedAgain(boolean revived) {
        guarded(() -> {
            if (closed) {
                return;
            }
            pause.revived();
            if (revived) {
                resend.revived();
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
            if (accountToProbe != null) {
                context.refusedAccounts().probeEnded(accountToProbe);
                accountToProbe = null;
            }
            ladder.close();
        });
    }

    /** Closes the lane when nothing on it is pending or confirmed; returns whether it did. */
    boolean closeIfIdle() {
        lock.lock();
        try {
            boolean idle = ladder.isIdle();
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
