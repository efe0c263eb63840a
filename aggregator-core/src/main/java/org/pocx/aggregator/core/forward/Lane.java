package org.pocx.aggregator.core.forward;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.NonceId;
import org.pocx.aggregator.core.mining.PocTime;
import org.pocx.aggregator.core.mining.SubmissionReceipt;
import org.pocx.aggregator.core.retry.RetryPolicy.Retry;
import org.pocx.aggregator.core.store.Verdict;
import org.pocx.aggregator.core.store.Verdict.Outcome;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.UpstreamMessage;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;
import org.pocx.aggregator.core.upstream.UpstreamTrouble.Kind;
import org.pocx.aggregator.core.upstream.VerdictAnswer;

/**
 * The candidates of one round and key and when the next one may be sent, as a state machine. Each method with a
 * {@link LaneStep} is an event: it changes the state, and adds what is to be done because of that to the step. Nothing is done here: no store, listener,
 * timer or upstream is called, and what is known of accounts, forms and machines is only read.
 *
 * <p>Not thread-safe: its {@link LaneRunner} owns it.
 */
final class Lane {
    private static final int MAX_UNKNOWN_ERRORS = 5;

    /** Errors in a row that the upstream answers to one nonce, after which its runner-up is sent before each further try. */
    private static final int OWN_TROUBLES = 3;

    /** Stands for the upstream of a verdict of an earlier version. */
    static final String UNKNOWN_UPSTREAM = "";

    private static final String FORGOTTEN_AND_REFUSED =
            "its account is refused, and the upstream may have forgotten it";

    private final ResendSettings settings;
    private final PocTime pocTime;
    private final boolean resendsAfterPocTime;
    private final CandidateQueue queue;
    private final RetryTimer retryTimer = new RetryTimer();

    /** The active upstream, as far as the lane knows. What is below belongs to it. */
    private Destination destination;

    private RefusedAccounts refusedAccounts;
    private RequestForms forms;
    private ResendSchedule resend;

    /** How often another upstream became active. */
    private long term;

    private boolean closed;

    /** The account of which the next candidate is to be sent to find out whether it is accepted again. */
    private @Nullable String accountToProbe;

    /** Whether one candidate of a form that the upstream cannot process may be sent, to find out whether it still cannot. */
    private boolean mayProbeForm;

    /** How often this lane found out whether a form can be processed again: others have their turn first. */
    private int formProbes;

    /** The upstream's incarnation when the confirmed best was sent again. */
    private long resentIn;

    /** Candidates without a verdict whose senders wait for it. */
    private final List<Candidate> awaited = new ArrayList<>(0);

    Lane(
            ResendSettings settings,
            PocTime pocTime,
            MachineRanking ranking,
            Destination destination,
            BooleanSupplier areSeveral,
            VerificationRule verificationRule,
            int bestPerKey) {
        this.settings = settings;
        this.pocTime = pocTime;
        this.destination = destination;
        this.refusedAccounts = destination.knowledge().refusedAccounts();
        this.forms = destination.knowledge().forms();
        this.resendsAfterPocTime = settings.afterPocTime();
        this.queue = new CandidateQueue(
                ranking,
                candidate -> forms.isMisfit(candidate.submission()),
                verificationRule,
                bestPerKey,
                settings.enabled(),
                areSeveral,
                destination.id());
        this.resend = new ResendSchedule(settings, pocTime);
    }

    // ---- questions

    boolean isClosed() {
        return closed;
    }

    /** The upstream that candidates are sent to. */
    Destination destination() {
        return destination;
    }

    /** How often another upstream became active: attempts of an earlier term tell nothing of this one. */
    long term() {
        return term;
    }

    /** The best candidate of all, however it stands; or null. */
    @Nullable
    Candidate bestOfAll() {
        return closed ? null : queue.bestOfAll();
    }

    /** The accounts of the candidates that are sent next. */
    Stream<String> accountsAhead() {
        return queue.ahead().map(Candidate::accountId);
    }

    /** The candidate of that identity, or null. */
    @Nullable
    Candidate find(NonceId nonceId) {
        return queue.find(nonceId);
    }

    /** Whether an answered poll may change anything here. */
    boolean isConcernedByPolls() {
        return !retryTimer.isOver()
                || queue.hasParked()
                || isHolding()
                || queue.isQueuedMisfit()
                || resend.candidate() != null;
    }

    /** Whether candidates of refused accounts are held. */
    boolean isHolding() {
        return !heldAccounts().isEmpty();
    }

    /** The accounts of which candidates are held. */
    Set<String> heldAccounts() {
        return queue.heldAccounts();
    }

    /** Whether there is something to send that waits for more than a slot. */
    boolean isWaiting() {
        return !closed && queue.queued() != null && !retryTimer.isOver();
    }

    /** How many attempts in a row ended without a verdict. */
    int failures() {
        return retryTimer.failures();
    }

    /** How often {@link #formProbed} sent a candidate. */
    int formProbes() {
        return formProbes;
    }

    /** Whether the upstream processes other requests of the candidate's form, and answered several times that this one does not fit. */
    boolean isMisfitAlone(Candidate candidate) {
        return candidate.ownTroubles() >= OWN_TROUBLES && forms.hasFitted(candidate.submission());
    }

    /** Whether the next error of an unknown code makes this outcome a rejection. */
    static boolean isRejection(Candidate candidate, SubmitOutcome outcome) {
        return outcome instanceof SubmitOutcome.Rejected
                || (outcome instanceof UpstreamTrouble trouble
                        && trouble.kind() == Kind.UNKNOWN_ERROR
                        && candidate.unknownErrors() + 1 >= MAX_UNKNOWN_ERRORS);
    }

    /** Whether it is known that the upstream refuses the candidate's account now. */
    private boolean isRefused(Candidate candidate) {
        return refusedAccounts.contains(candidate.accountId());
    }

    // ---- candidates are received

    /**
     * A nonce was received.
     *
     * @param isNew whether it is the first time in its round; otherwise its fate was decided before
     */
    void offered(Candidate candidate, boolean isNew, LaneStep step) {
        if (isNew) {
            add(candidate, isRefused(candidate) ? queue.offerHeld(candidate, step) : queue.offer(candidate, step),
                    step);
        }
        taken(candidate, step);
    }

    /** A nonce, with its fate, is received again that was dropped, and its sender waits for the verdict. */
    void offeredAgain(Candidate candidate, LaneStep step) {
        boolean isKept = isRefused(candidate) ? queue.offerHeld(candidate, step) : queue.offerAgain(candidate, step);
        add(candidate, isKept, step);
        taken(candidate, step);
    }

    private void taken(Candidate candidate, LaneStep step) {
        if (candidate.fate() != Fate.PENDING && !candidate.isSharingReceipt() && !mustBeDurable(candidate)) {
            step.giveReceipt(candidate);
        }
        settle(step);
    }

    private void add(Candidate candidate, boolean isKept, LaneStep step) {
        if (isKept) {
            step.store(candidate);
            if (queue.queued() == candidate) {
                retryTimer.betterQueued(step);
            }
        }
    }

    /**
     * Whether a runner-up has to be durable before its miner gets a receipt: nothing ahead that claims as much is durable
     * yet. If the process died now, a miner that never sends again would have the only receipt.
     */
    private boolean mustBeDurable(Candidate candidate) {
        return candidate.isStored() && !queue.isCovered(candidate);
    }

    /** A nonce is in the outbox of an earlier process. */
    void restored(Candidate candidate, boolean isNew, LaneStep step) {
        candidate.markStored();
        candidate.markDurable();
        step.giveReceipt(candidate);
        if (isNew && candidate.isFilteredAt(destination.id())) {
            queue.restoreFiltered(candidate, step);
        } else if (isNew && !queue.offer(candidate, step)) {
            step.drop(candidate);
        }
        settle(step);
    }

    /** A nonce has a verdict of an earlier process. What upstreams decided about it is known to the candidate. */
    void restored(Candidate candidate, Verdict verdict, LaneStep step) {
        candidate.markStored();
        candidate.markDurable();
        step.giveReceipt(candidate);
        switch (verdict.outcome()) {
            case CONFIRMED, TAKEN_OVER -> {
                candidate.fate(verdict.outcome() == Outcome.CONFIRMED ? Fate.CONFIRMED : Fate.TAKEN_OVER);
                candidate.confirmedAt(verdict.confirmedRawQuality());
                if (!candidate.isJudged()) {
                    candidate.at(UNKNOWN_UPSTREAM).confirm(verdict.confirmedRawQuality());
                }
                queue.restoreJudged(candidate, step);
            }
            case REJECTED -> { // without a fate, as an earlier process counted it
                candidate.rejectedBecause(verdict.message());
                if (candidate.isJudged() && !Reason.isOfEveryUpstream(verdict.message().text())) {
                    queue.restoreJudged(candidate, step);
                }
            }
            case ACCOUNT_REFUSED, STALE, EXPIRED -> {}
        }
        settle(step);
    }

    /** The verification of a candidate ended: it is sent now if it is still good enough, or rejected if its claim is false. */
    void verified(Candidate candidate, Verification verification, LaneStep step) {
        if (verification instanceof Verification.Computed computed && verification.disproves(candidate)) {
            Reason why = Reason.falseClaim(candidate.rawQuality(), computed.rawQuality());
            queue.rejectUnsent(candidate, step.because(why));
        } else if (queue.endVerification(candidate, step) && queue.queued() == candidate) {
            retryTimer.betterQueued(step);
        }
        settle(step);
    }

    // ---- senders wait for verdicts

    /** The sender of a candidate that was offered waits for its verdict. */
    void awaited(Candidate candidate, LaneStep step) {
        if (!awaited.contains(candidate)) {
            awaited.add(candidate);
        }
        answerAwaited(step);
    }

    private void answerAwaited(LaneStep step) {
        awaited.removeIf(candidate -> {
            VerdictAnswer answer = answerTo(candidate);
            if (answer != null) {
                step.add(new LaneEffect.AnswerVerdict(candidate.removeWaiting(), answer));
            }
            return answer != null;
        });
    }

    /** Returns null for a candidate whose verdict is to come. */
    private @Nullable VerdictAnswer answerTo(Candidate candidate) {
        if (LaneStep.isAccepted(candidate)) {
            return new VerdictAnswer.Confirmed(receipt(candidate, candidate.confirmedRawQuality()));
        }
        if (queue.isPending(candidate)) {
            return null;
        }
        if (candidate.fate() == Fate.REJECTED || candidate.isRejectedAt(destination.id())) {
            return new VerdictAnswer.Rejected(candidate.rejection());
        }
        if (closed || candidate.fate() == Fate.STALE) {
            return new VerdictAnswer.Stale();
        }
        if (!queue.isNeeded(candidate)) {
            return new VerdictAnswer.Filtered(receipt(candidate, candidate.rawQuality()));
        }
        UpstreamMessage refusal = refusedAccounts.message(candidate.accountId());
        return refusal == null
                ? new VerdictAnswer.Held() // it was dropped, and competes again when it is sent again
                : new VerdictAnswer.AccountRefused(refusal);
    }

    private SubmissionReceipt receipt(Candidate candidate, long rawQuality) {
        return new SubmissionReceipt(
                rawQuality, pocTime.seconds(rawQuality, candidate.submission().baseTarget()));
    }

    /** Nobody can wait any longer. */
    void waitsEnded(LaneStep step) {
        awaited.forEach(candidate -> step
                .add(new LaneEffect.AnswerVerdict(candidate.removeWaiting(), new VerdictAnswer.Held())));
        awaited.clear();
    }

    // ---- another upstream is the active one

    /** Another upstream is the active one: nothing that the former one said holds there. */
    void upstreamChanged(Destination next, LaneStep step) {
        if (accountToProbe != null) {
            step.add(new LaneEffect.EndAccountProbe(refusedAccounts, accountToProbe));
            accountToProbe = null;
        }
        term++;
        destination = next;
        refusedAccounts = next.knowledge().refusedAccounts();
        forms = next.knowledge().forms();
        mayProbeForm = false;
        resend = new ResendSchedule(settings, pocTime);
        if (!closed) {
            retryTimer.upstreamChanged(step);
            queue.useUpstream(next.id(), step);
        }
        settle(step);
    }

    /** An attempt ended that began before another upstream became active, or was a probe of one that is not active. */
    void lateAttemptEnded(Sending sending, SubmitOutcome outcome, LaneStep step) {
        Candidate candidate = sending.candidate();
        String by = sending.destination().id();
        LaneStep because = step.because(Reason.of(outcome, candidate.rawQuality()));
        switch (outcome) {
            case SubmitOutcome.Accepted accepted -> {
                candidate.at(by).sentIn(sending.incarnation());
                queue.confirmLate(candidate, qualityOf(accepted, candidate), by, because);
            }
            case SubmitOutcome.Filtered filtered -> queue.filterLate(candidate, by, because);
            case SubmitOutcome.Rejected rejected -> queue.rejectLate(candidate, by, because);
            case SubmitOutcome.Held held -> because.held(candidate);
            case SubmitOutcome.Stale stale -> {}
            case UpstreamTrouble trouble -> {}
        }
        settle(because);
    }

    private static long qualityOf(SubmitOutcome.Accepted accepted, Candidate candidate) {
        long claim = candidate.rawQuality();
        return Long.compareUnsigned(accepted.rawQuality(), claim) > 0 ? accepted.rawQuality() : claim;
    }

    // ---- candidates are sent

    /** There is a slot: returns the candidate to be sent now, or null when there is none or the lane has to wait. */
    @Nullable
    Candidate slotGiven(LaneStep step) {
        @Nullable String account = accountToProbe;
        accountToProbe = null;
        @Nullable Candidate next = closed || !retryTimer.maySend(step) ? null : choose(account, step);
        if (account != null && (next == null || !next.accountId().equals(account))) {
            step.add(new LaneEffect.EndAccountProbe(refusedAccounts, account));
        }
        if (next != null) {
            next.at(destination.id()).sentIn(step.facts().incarnation());
            next.sentAt(step.facts().now());
            if (LaneStep.isAccepted(next)) {
                step.forwardedAgain(next, "another upstream is active, which has not confirmed it");
            } else {
                step.forwarded(next);
            }
        }
        settle(step);
        return next;
    }

    private @Nullable Candidate choose(@Nullable String account, LaneStep step) {
        Candidate probe = account == null ? null : queue.takeHeld(account);
        if (probe != null) {
            return probe;
        }
        queue.promote(step); // a machine may have become suspect by what it sent under another key
        holdRefused(step);
        if ((queue.isQueuedMisfit() && !mayProbeForm) || !mayBeSentThere(step) || rest(step) > 0) {
            return null;
        }
        mayProbeForm = false;
        return queue.takeNext(step);
    }

    /**
     * An attempt to send a candidate ended.
     *
     * @param cut why it was ended early, if it was: that may be no reason for the lane to wait
     * @param retry the retry policy's decision for one failure more than {@link #failures}; not used if there is a verdict
     */
    void attemptEnded(
            Candidate candidate,
            SubmitOutcome outcome,
            Attempt.Cut cut,
            Retry retry,
            LaneStep step) {
        boolean isLost = isLostInOutage(outcome, cut);
        SubmitOutcome known = isLost ? UpstreamTrouble.LOST_IN_OUTAGE : outcome;
        LaneStep because = step.because(Reason.of(known, candidate.rawQuality()));
        switch (known) {
            case SubmitOutcome.Accepted accepted -> accepted(candidate, accepted, because);
            case SubmitOutcome.Filtered filtered -> filtered(candidate, because);
            case SubmitOutcome.Rejected rejected -> rejected(candidate, because);
            case SubmitOutcome.Held held -> held(candidate, because);
            case SubmitOutcome.Stale stale -> stale(candidate, because);
            case UpstreamTrouble trouble -> troubled(candidate, trouble, cut, retry, because);
        }
        settle(because);
    }

    /** Whether the attempt began before an outage that is over, so that its answer was lost. */
    static boolean isLostInOutage(SubmitOutcome outcome, Attempt.Cut cut) {
        return cut == Attempt.Cut.AFTER_OUTAGE && outcome instanceof UpstreamTrouble trouble && trouble.isUnreachable();
    }

    private void accepted(Candidate candidate, SubmitOutcome.Accepted accepted, LaneStep step) {
        retryTimer.verdictReceived(step);
        queue.confirm(candidate, qualityOf(accepted, candidate), step);
        releaseAccepted(step);
    }

    private void filtered(Candidate candidate, LaneStep step) {
        retryTimer.verdictReceived(step);
        queue.filter(candidate, step);
        releaseAccepted(step);
    }

    /** The upstream keeps the candidate: it is asked for the verdict again, and nothing waits for that. */
    private void held(Candidate candidate, LaneStep step) {
        step.held(candidate);
        if (closed) {
            queue.giveUp(candidate, step);
        } else {
            candidate.heldUpstream();
            candidate.clearOwnTroubles();
            putBack(candidate, step);
            retryTimer.heldReceived(step);
        }
    }

    private void rejected(Candidate candidate, LaneStep step) {
        retryTimer.verdictReceived(step);
        queue.reject(candidate, step);
        releaseAccepted(step);
    }

    private void stale(Candidate candidate, LaneStep step) {
        long wait = RetryDelays.afterStale(candidate.countStaleAnswer()).toNanos();
        candidate.retryStaleAt(step.facts().now() + wait);
        queue.park(candidate, step);
        retryTimer.staleReceived(step);
    }

    private void accountRefused(Candidate candidate, UpstreamTrouble refused, LaneStep step) {
        step.delayed(candidate, refused);
        retryTimer.verdictReceived(step);
        if (closed) {
            queue.giveUp(candidate, step);
        } else if (isRefused(candidate)) {
            queue.hold(candidate, step);
        } else {
            queue.reject(candidate, step); // there are too many such accounts to remember them all
        }
    }

    private void misfit(Candidate candidate, UpstreamTrouble misfit, LaneStep step) {
        step.delayed(candidate, misfit);
        retryTimer.verdictReceived(step);
        if (closed) {
            queue.giveUp(candidate, step);
        } else {
            countOwnTrouble(candidate, step);
            putBack(candidate, step);
        }
    }

    /** After several of its own in a row, its runner-up is sent first. */
    private static void countOwnTrouble(Candidate candidate, LaneStep step) {
        if (step.facts().pollsAreGood() && candidate.countOwnTrouble() >= OWN_TROUBLES) {
            candidate.yielding(true);
        }
    }

    private void troubled(
            Candidate candidate, UpstreamTrouble trouble, Attempt.Cut cut, Retry retry, LaneStep step) {
        switch (trouble.kind()) {
            case ACCOUNT_REFUSED -> accountRefused(candidate, trouble, step);
            case MISFIT -> {
                if (isMisfitAlone(candidate)) {
                    noVerdict(candidate, trouble, cut, retry, step);
                } else {
                    misfit(candidate, trouble, step);
                }
            }
            case BUSY,
                    UPSTREAM_BUSY,
                    WALLET_LOCKED,
                    UNREACHABLE,
                    TIMED_OUT,
                    CONNECTION_REFUSED,
                    UNAUTHORIZED,
                    UNKNOWN_ERROR ->
                noVerdict(candidate, trouble, cut, retry, step);
        }
    }

    private void noVerdict(
            Candidate candidate, UpstreamTrouble trouble, Attempt.Cut cut, Retry retry, LaneStep step) {
        if (closed) {
            queue.giveUp(candidate, step);
        } else if (countsAsRejected(candidate, trouble)) {
            retryTimer.verdictReceived(step);
            queue.reject(candidate, step);
        } else {
            step.delayed(candidate, trouble);
            if (isItsOwn(trouble)) {
                countOwnTrouble(candidate, step);
            } else if (cut == Attempt.Cut.NOT) {
                candidate.clearOwnTroubles();
            }
            retry(candidate, trouble, cut, retry, step);
        }
    }

    private static boolean countsAsRejected(Candidate candidate, UpstreamTrouble trouble) {
        return trouble.kind() == Kind.UNKNOWN_ERROR && candidate.countUnknownError() >= MAX_UNKNOWN_ERRORS;
    }

    /** Whether the upstream answered an error to this nonce that says nothing of others. */
    private static boolean isItsOwn(UpstreamTrouble trouble) {
        return switch (trouble.kind()) {
            case UNKNOWN_ERROR, MISFIT, BUSY -> true;
            case UPSTREAM_BUSY,
                    WALLET_LOCKED,
                    UNREACHABLE,
                    TIMED_OUT,
                    CONNECTION_REFUSED,
                    UNAUTHORIZED,
                    ACCOUNT_REFUSED ->
                false;
        };
    }

    private void retry(Candidate candidate, UpstreamTrouble trouble, Attempt.Cut cut, Retry retry, LaneStep step) {
        if (mayGoOn(cut)) {
            putBack(candidate, step);
        } else if (retryTimer.countFailure(retry)) {
            putBack(candidate, step);
            retryTimer.begin(retry, trouble, step);
        } else {
            queue.giveUp(candidate, step);
        }
    }

    /** Whether the lane need not wait after an attempt that was cut: a better one is queued, or the upstream answers again. */
    private boolean mayGoOn(Attempt.Cut cut) {
        return switch (cut) {
            case NOT -> false;
            case FOR_OTHERS -> queue.queued() != null;
            case AFTER_OUTAGE -> true;
        };
    }

    /** The candidate has no verdict: it competes again, or is held if its account is refused. */
    private void putBack(Candidate candidate, LaneStep step) {
        if (isRefused(candidate)) {
            queue.hold(candidate, step);
        } else {
            queue.requeue(candidate, step);
        }
    }

    // ---- the confirmed best is sent again

    /** Whether the candidate to be sent next is confirmed by another upstream, so that it has a slot for what is sent again. */
    boolean isNextConfirmedElsewhere() {
        return queue.isQueuedConfirmedElsewhere();
    }

    /** There is a slot to send the confirmed best again: returns it, or null when that is no longer to be done. */
    @Nullable
    Candidate resendSlotGiven(LaneStep step) {
        Candidate best = resend.candidate();
        resentIn = step.facts().incarnation();
        String cause = closed || best == null || isHeldBack(best) ? null : resend.cause(step.facts());
        mayProbeForm = false;
        if (best == null || cause == null) {
            return null;
        }
        resend.began(step.facts());
        step.forwardedAgain(best, cause);
        return best;
    }

    private boolean isHeldBack(Candidate best) {
        return isRefused(best) || (forms.isMisfit(best.submission()) && !mayProbeForm);
    }

    /** An attempt to send the confirmed best again ended. */
    void resendEnded(Candidate candidate, SubmitOutcome outcome, LaneStep step) {
        LaneStep because = step.because(Reason.of(outcome, candidate.rawQuality()));
        switch (outcome) {
            case SubmitOutcome.Accepted accepted -> resend.accepted(candidate, resentIn, step.facts());
            case SubmitOutcome.Filtered filtered -> resend.accepted(candidate, resentIn, step.facts());
            case SubmitOutcome.Held held -> {
                resend.failed();
                because.held(candidate);
            }
            case SubmitOutcome.Stale stale -> {
                resend.stale();
                if (step.facts().isCurrent() && !step.facts().round().isCurrentFormOf(candidate.submission())) {
                    queue.parkConfirmed(candidate, because);
                }
                step.add(new LaneEffect.RefreshMiningInfo());
            }
            case SubmitOutcome.Rejected rejected -> {
                resend.failed();
                queue.rejectConfirmed(candidate, because);
            }
            case UpstreamTrouble trouble when trouble.kind() == Kind.ACCOUNT_REFUSED ->
                resendRefused(candidate, trouble, because);
            case UpstreamTrouble trouble -> resendTroubled(candidate, trouble, because);
        }
        settle(because);
    }

    private void resendRefused(Candidate candidate, UpstreamTrouble refused, LaneStep step) {
        resend.failed();
        step.delayed(candidate, refused);
        if (closed) {
            return;
        }
        if (isRefused(candidate)) {
            queue.hold(candidate, step);
        } else {
            queue.rejectConfirmed(candidate, step);
        }
    }

    /** The attempt ended without a verdict: the next one is due after the gap. */
    private void resendTroubled(Candidate candidate, UpstreamTrouble trouble, LaneStep step) {
        resend.failed();
        if (countsAsRejected(candidate, trouble)) {
            queue.rejectConfirmed(candidate, step);
        } else {
            step.delayed(candidate, trouble);
            RetryTimer.pauseUpstream(trouble, !resendsAfterPocTime, step);
        }
    }

    // ---- something changed that concerns all lanes

    /** The upstream answered a poll. */
    void polled(PollResult poll, LaneStep step) {
        if (!closed) {
            retryTimer.polled(poll, step);
            releaseAccepted(step);
            if (retryTimer.isOver()) {
                retryStale(step);
                queue.promote(step);
            }
        }
        settle(step);
    }

    private void retryStale(LaneStep step) {
        LaneFacts facts = step.facts();
        if (facts.isCurrent() && queue.hasParked()) {
            queue.unpark(
                    candidate -> candidate.mayRetryStale(facts.now())
                            && facts.round().isCurrentFormOf(candidate.submission()),
                    step);
        }
    }

    /** What is held of accounts that are accepted again competes again. */
    private void releaseAccepted(LaneStep step) {
        if (step.facts().mayRetry()) {
            List<String> accepted = heldAccounts().stream()
                    .filter(account -> !refusedAccounts.contains(account))
                    .toList();
            accepted.forEach(account -> queue.release(account, step));
        }
    }

    /** All lanes know of a poll: the confirmed best is to be sent again if the upstream may have forgotten it. */
    void resendChecked(LaneStep step) {
        Candidate best = resend.candidate();
        if (!closed && best != null && resend.cause(step.facts()) != null) {
            if (isRefused(best)) { // it may be forgotten, and would not be taken again: others compete
                queue.hold(best, step.because(Reason.of(FORGOTTEN_AND_REFUSED)));
            } else if (!isHeldBack(best)) {
                step.add(new LaneEffect.RequestResendSlot(best.rawQuality()));
            }
        }
        settle(step);
    }

    /**
     * It is time to find out whether a refused account is accepted again; returns whether its best candidate is to be sent, which
     * needs that something of it is held here and the lane does not wait.
     */
    boolean accountProbed(String account, LaneStep step) {
        Candidate probe = queue.bestHeld(account);
        if (probe == null || closed || !retryTimer.isOver() || accountToProbe != null || !step.facts().mayRetry()) {
            return false;
        }
        accountToProbe = account;
        step.add(new LaneEffect.RequestSlot(probe.rawQuality()));
        return true;
    }

    /**
     * It is time to find out whether a form can be processed again; returns whether a candidate is to be sent, which needs that
     * the next one is of such a form, or the confirmed best that is due to be sent again.
     */
    boolean formProbed(LaneStep step) {
        if (closed || !step.facts().mayRetry()) {
            return false;
        }
        if (retryTimer.isOver() && queue.isQueuedMisfit()) {
            formProbes++;
            mayProbeForm = true;
            settle(step);
            return true;
        }
        Candidate best = resend.candidate();
        if (best == null || !forms.isMisfit(best.submission()) || isRefused(best)
                || resend.cause(step.facts()) == null) {
            return false;
        }
        formProbes++;
        mayProbeForm = true;
        step.add(new LaneEffect.RequestResendSlot(best.rawQuality()));
        return true;
    }

    /**
     * The round became the current one again, or was announced in another form: what was stale may be good now.
     *
     * @param isRevived whether it became the current one again
     */
    void roundAnnounced(boolean isRevived, LaneStep step) {
        if (!closed) {
            retryTimer.roundAnnounced(step);
            if (isRevived) {
                resend.roundRevived();
            }
            queue.unpark(candidate -> true, step);
        }
        settle(step);
    }

    /** A timer that was started elapsed. */
    void timerElapsed(long number, LaneStep step) {
        retryTimer.elapsed(number, step);
        settle(step);
    }

    /** Attempts may have become slow since it was asked last. */
    void slowAttemptsChecked(LaneStep step) {
        settle(step);
    }

    /** The round left the last three. */
    void closed(LaneStep step) {
        closed = true;
        retryTimer.end(step);
        if (accountToProbe != null) {
            step.add(new LaneEffect.EndAccountProbe(refusedAccounts, accountToProbe));
            accountToProbe = null;
        }
        queue.close(step.because(Reason.of("the round is over")));
        settle(step);
    }

    /** Closes the lane when nothing in it is pending or confirmed; returns whether it did. */
    boolean closeIfIdle() {
        boolean isIdle = queue.isIdle();
        closed |= isIdle;
        return isIdle;
    }

    /** Ends each event: asks for a slot if there is something to send. */
    private void settle(LaneStep step) {
        holdRefused(step);
        step.storeRemovals();
        resend.update(queue.bestConfirmed(), step.facts());
        answerAwaited(step);
        Candidate next = queue.queued();
        retryTimer.rest(rest(step), step);
        if (next == null || !retryTimer.isOver() || closed || (queue.isQueuedMisfit() && !mayProbeForm)
                || !mayBeSentThere(step)) {
            return;
        }
        if (queue.isQueuedConfirmedElsewhere()) {
            step.add(new LaneEffect.RequestResendSlot(next.rawQuality()));
        } else if (!queue.isInFlightFull(step.facts())) {
            step.add(new LaneEffect.RequestSlot(next.rawQuality()));
        } else if (queue.isQueuedBest()) {
            step.add(new LaneEffect.EndSlowAttempt());
        }
    }

    /** How long the next candidate must not be sent, because the upstream holds it; zero or less if it may be. */
    private long rest(LaneStep step) {
        Candidate next = queue.queued();
        return next == null ? 0 : next.restNanos(step.facts().now());
    }

    /**
     * Whether the active upstream knows the round; a node is sent what another one confirmed only for the live round, as it
     * would call it stale.
     */
    private boolean mayBeSentThere(LaneStep step) {
        boolean isForLiveRound = resendsAfterPocTime && queue.isQueuedConfirmedElsewhere();
        return step.facts().isOpenThere() && (step.facts().isCurrent() || !isForLiveRound);
    }

    /** What waits of an account that was refused meanwhile, under whatever key or round, is held. */
    private void holdRefused(LaneStep step) {
        Candidate next = queue.queued();
        while (next != null && isRefused(next)) {
            queue.holdAccount(next.accountId(), step);
            next = queue.queued();
        }
    }
}
