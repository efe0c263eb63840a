package org.pocx.aggregator.core.forward;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.retry.RetryPolicy.Retry;
import org.pocx.aggregator.core.store.StoreChange;
import org.pocx.aggregator.core.store.Verdict;
import org.pocx.aggregator.core.time.Scheduler;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;
import org.pocx.aggregator.core.upstream.VerdictAnswer;

/**
 * Owns a {@link Lane}: passes events to it, and performs their effects.
 *
 * <p>Thread-safe. The lane belongs to {@code lock}, which is held while the lane decides. After that, the effects are
 * performed in the order of the events; the method returns when its own have been performed. Listener, store writer,
 * dispatcher, scheduler, retry policy and cache are never called under the lock.
 */
final class LaneRunner {
    private static final System.Logger LOG = System.getLogger(LaneRunner.class.getName());

    private static final long NO_TERM = -1;

    private final String key;
    private final RoundLanes round;
    private final LaneServices services;
    private final Lane lane;
    private final ReentrantLock lock = new ReentrantLock();
    private final EffectQueue<LaneEffect> effects = new EffectQueue<>(this::perform);

    /** Belongs to the thread that performs effects. */
    private Scheduler.@Nullable Task timer;

    /** Read without the lock to skip the many lanes that a poll does not concern. */
    private volatile boolean concernedByPolls;

    /** Read without the lock: whether candidates of refused accounts are held. */
    private volatile boolean holding;

    /** Read without the lock: how many attempts in a row ended without a verdict. */
    private volatile int failures;

    LaneRunner(String key, RoundLanes round, LaneServices services) {
        this.key = key;
        this.round = round;
        this.services = services;
        this.lane = new Lane(
                services.settings().resend(),
                services.pocTime(),
                round.machines(),
                services.destinations().active(),
                services.destinations()::areSeveral,
                services.gate().rule(round.machines()),
                services.bestPerKey());
    }

    String key() {
        return key;
    }

    RoundLanes round() {
        return round;
    }

    /** Whether the upstream needs one nonce of this round and key: what waits while one is in flight is better then. */
    boolean needsOnlyBest() {
        return services.bestPerKey() == 1;
    }

    // ---- events

    /**
     * Takes a nonce.
     *
     * @return the candidate whose {@link Candidate#receipt()} counts (it may have been received before); null when the lane is
     *     closed
     */
    @Nullable
    Candidate offer(Candidate candidate) {
        return offer(candidate, null);
    }

    /**
     * Takes a nonce.
     *
     * @param verdict completed by what becomes of it; null if nobody waits for that
     * @return as above
     */
    @Nullable
    Candidate offer(Candidate candidate, @Nullable CompletableFuture<VerdictAnswer> verdict) {
        return apply(step -> {
            if (lane.isClosed()) {
                return null;
            }
            Candidate known = lane.find(candidate.nonceId());
            Candidate taken = known == null ? candidate : known;
            if (verdict != null) {
                taken.await(verdict);
            }
            if (known == null) {
                take(candidate, verdict != null, step);
            } else if (!known.machine().equals(candidate.machine())) {
                step.publish(new AggregatorEvent.NonceRepeated(candidate.nonce()));
            }
            if (verdict != null) {
                lane.awaited(taken, step);
            }
            return taken;
        });
    }

    private void take(Candidate candidate, boolean isAwaited, LaneStep step) {
        long fingerprint = round.seenNonces().fingerprint(candidate.nonceId());
        boolean isNew = round.seenNonces().add(fingerprint);
        if (isNew) {
            lane.destination().knowledge().received(candidate, round.machines());
        } else {
            step.publish(new AggregatorEvent.NonceRepeated(candidate.nonce()));
        }
        if (isNew || !isAwaited || recall(candidate, fingerprint)) {
            lane.offered(candidate, isNew, step);
        } else {
            lane.offeredAgain(candidate, step);
        }
    }

    /** Gives a candidate that was in the lane before its fate; returns whether that is final. */
    private boolean recall(Candidate candidate, long fingerprint) {
        DecidedNonces.Decision decision = services.decided().find(fingerprint);
        if (decision == null) {
            candidate.fate(Fate.FILTERED); // otherwise it would be remembered
            return false;
        }
        candidate.fate(decision.fate());
        candidate.confirmedAt(decision.rawQuality());
        candidate.rejectedBecause(decision.message());
        return decision.isFinalAt(lane.destination().id());
    }

    private void remember(Candidate candidate) {
        Fate fate = candidate.fate();
        if (fate != null && !lane.isClosed()) {
            remember(candidate, fate, lane.destination().id());
        }
    }

    private void remember(Candidate candidate, Fate fate, String upstream) {
        services.decided()
                .put(
                        round.seenNonces().fingerprint(candidate.nonceId()),
                        new DecidedNonces.Decision(
                                candidate.submission().blockHash(),
                                fate,
                                upstream,
                                candidate.confirmedRawQuality(),
                                candidate.rejection()));
    }

    /** Takes a nonce from the outbox of an earlier process. */
    void restore(Candidate candidate) {
        run(step -> lane.restored(candidate, round.seenNonces().add(candidate.nonceId()), step));
    }

    /** Takes a verdict of an earlier process; what upstreams decided about the nonce is known to the candidate. */
    void restore(Candidate candidate, Verdict verdict) {
        run(step -> {
            round.seenNonces().add(candidate.nonceId());
            if (verdict.isBad()) {
                round.machines().badNonce(candidate.machine());
            }
            String active = lane.destination().id();
            boolean isOfActive = !candidate.isJudged() || candidate.isRejectedAt(active);
            lane.restored(candidate, verdict, step);
            if (verdict.outcome() == Verdict.Outcome.REJECTED) {
                remember(candidate, Fate.REJECTED, isOfActive ? active : Lane.UNKNOWN_UPSTREAM);
            } else if (verdict.outcome().isAccepted()) {
                remember(candidate);
            }
        });
    }

    /**
     * The candidate to be sent now, or null when there is none or the lane has to wait. It need not wait until its event is
     * published: meanwhile a better one could come.
     */
    @Nullable
    Sending takeNext() {
        Sending next = decide(step -> sending(lane.slotGiven(step), false, step));
        effects.performOrLeave();
        return next;
    }

    private @Nullable Sending sending(@Nullable Candidate candidate, boolean isResend, LaneStep step) {
        return candidate == null
                ? null
                : new Sending(candidate, lane.destination(), lane.term(), step.facts().incarnation(), isResend);
    }

    /** What {@link #takeNext} or {@link #takeResend} returned has been sent, and that ended so. */
    void finish(Sending sending, SubmitOutcome outcome, Attempt.Cut cut) {
        Candidate candidate = sending.candidate();
        Retry retry = retryAfter(outcome);
        run(step -> {
            if (sending.term() != lane.term()) {
                finishLate(sending, outcome, cut, step);
            } else if (sending.isResend()) {
                lane.destination().knowledge().resendEnded(candidate, outcome, round.machines(), step);
                lane.resendEnded(candidate, outcome, step);
            } else {
                lane.destination()
                        .knowledge()
                        .attemptEnded(candidate, outcome, cut, lane.isMisfitAlone(candidate), round.machines(), step);
                lane.attemptEnded(candidate, outcome, cut, retry, step);
            }
        });
    }

    private void finishLate(Sending sending, SubmitOutcome outcome, Attempt.Cut cut, LaneStep step) {
        sending.destination()
                .knowledge()
                .attemptEnded(sending.candidate(), outcome, cut, false, round.machines(), step);
        lane.lateAttemptEnded(sending, outcome, step);
    }

    /** The best candidate, however it stands, to be sent to an upstream that is not active; null when there is none. */
    @Nullable
    Sending probeOf(Destination inactive) {
        Candidate best = ask(lane::bestOfAll);
        return best == null
                ? null
                : new Sending(best, inactive, NO_TERM, inactive.knowledge().incarnation().number(), false);
    }

    /** What {@link #probeOf} returned has been sent, and that ended so. */
    void finishProbe(Sending sending, SubmitOutcome outcome) {
        run(step -> finishLate(sending, outcome, Attempt.Cut.NOT, step));
    }

    /** Asks the retry policy. One that fails must not cost a nonce its way to the upstream. */
    private Retry retryAfter(SubmitOutcome outcome) {
        if (!(outcome instanceof UpstreamTrouble trouble) || trouble.kind() == UpstreamTrouble.Kind.ACCOUNT_REFUSED) {
            return Retry.atNextPoll(); // not used
        }
        try {
            return Objects.requireNonNull(
                    services.settings().retryPolicy().after(failures + 1, services.random()));
        } catch (RuntimeException fault) {
            LOG.log(System.Logger.Level.ERROR, "the retry policy failed", fault);
            return Retry.atNextPoll();
        }
    }

    /** The confirmed best, to be sent again now; null when that is no longer to be done. */
    @Nullable
    Sending takeResend() {
        return apply(step -> {
            Sending next = lane.isNextConfirmedElsewhere() ? sending(lane.slotGiven(step), false, step) : null;
            return next != null ? next : sending(lane.resendSlotGiven(step), true, step);
        });
    }

    /** Another upstream has become the active one. */
    void upstreamChanged() {
        run(step -> {}); // each event looks whether it has
    }

    /** The verification of a candidate ended. */
    private void verified(Candidate candidate, Verification verification) {
        run(step -> {
            lane.destination().knowledge().verified(candidate, verification, round.machines(), step);
            lane.verified(candidate, verification, step);
        });
    }

    /** The upstream answered a poll. */
    void polled(PollResult poll) {
        if (concernedByPolls) {
            run(step -> lane.polled(poll, step));
        }
    }

    /** All lanes know of a poll: what is to be sent again comes after what is new. */
    void checkResend() {
        if (concernedByPolls) {
            run(lane::resendChecked);
        }
    }

    /** Sends the best candidate of a refused account; returns false when nothing of it is held here or the lane has to wait. */
    boolean probeAccount(String account, long now) {
        return apply(step -> {
            boolean isProbed = lane.accountProbed(account, step);
            if (isProbed) {
                lane.destination().knowledge().refusedAccounts().probeBegan(account, now);
            }
            return isProbed;
        });
    }

    /** Sends a candidate of a form that the upstream could not process; returns false when there is none to be sent. */
    boolean probeForm() {
        return apply(lane::formProbed);
    }

    /** The round became the current one again, or was announced in another form. */
    void roundAnnounced(boolean isRevived) {
        run(step -> lane.roundAnnounced(isRevived, step));
    }

    /** The round left the last three. */
    void close() {
        run(lane::closed);
    }

    /** Nobody can wait for a verdict any longer. */
    void endWaits() {
        run(lane::waitsEnded);
    }

    private void run(Consumer<LaneStep> event) {
        apply(step -> {
            event.accept(step);
            return true;
        });
    }

    private <T extends @Nullable Object> T apply(Function<LaneStep, T> event) {
        T result = decide(event);
        effects.perform();
        return result;
    }

    private <T extends @Nullable Object> T decide(Function<LaneStep, T> event) {
        lock.lock();
        try {
            // Both under the lock: no older than what earlier events knew.
            Destination active = services.destinations().active();
            LaneStep step = new LaneStep(round.facts(active));
            try {
                if (active != lane.destination()) {
                    lane.upstreamChanged(active, step);
                }
                return event.apply(step);
            } finally {
                concernedByPolls = lane.isConcernedByPolls();
                holding = lane.isHolding();
                failures = lane.failures();
                step.decided().forEach(this::remember);
                effects.add(step.effects());
            }
        } finally {
            lock.unlock();
        }
    }

    // ---- questions

    /** Whether candidates of refused accounts are held. */
    boolean isHolding() {
        return holding;
    }

    /** The accounts of which candidates are held here. */
    List<String> heldAccounts() {
        return ask(() -> List.copyOf(lane.heldAccounts()));
    }

    /** How often {@link #probeForm} sent a candidate. */
    int formProbes() {
        return ask(lane::formProbes);
    }

    /** The accounts of the candidates that are sent next. */
    List<String> accountsAhead() {
        return ask(() -> lane.accountsAhead().toList());
    }

    /** Whether there is something to send that waits for more than a slot. */
    boolean isWaiting() {
        return ask(lane::isWaiting);
    }

    /** Closes the lane when nothing in it is pending or confirmed; returns whether it did. */
    boolean closeIfIdle() {
        return ask(lane::closeIfIdle);
    }

    private <T> T ask(Supplier<T> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }

    // ---- effects

    private void perform(LaneEffect effect) {
        switch (effect) {
            case LaneEffect.Publish publish -> services.listener().on(publish.event());
            case LaneEffect.PublishRequestForms changed -> changed.forms().publish();
            case LaneEffect.Store store -> services.writer().write(store.change());
            case LaneEffect.StoreForReceipt store ->
                services.writer()
                        .write(new StoreChange.OutboxPut(store.candidate().nonce()),
                                () -> {
                                    store.candidate().markDurable();
                                    giveReceipt(store.candidate());
                                });
            case LaneEffect.GiveReceipt receipt -> giveReceipt(receipt.candidate());
            case LaneEffect.GiveReceiptWithoutStore receipt -> {
                if (services.writer().problem().isPresent()) {
                    giveReceipt(receipt.candidate());
                }
            }
            case LaneEffect.StoreVerdict store ->
                services.writer().write(store.change(), () -> giveReceipt(store.candidate()));
            case LaneEffect.GiveReceiptOfVerdict receipt -> {
                if (!services.destinations().areSeveral() || services.writer().problem().isPresent()) {
                    giveReceipt(receipt.candidate());
                }
            }
            case LaneEffect.GiveReceiptWith receipt -> giveReceiptWith(receipt.candidate(), receipt.other());
            case LaneEffect.RequestSlot slot -> services.dispatcher().ready(this, slot.rawQuality());
            case LaneEffect.RequestResendSlot slot -> services.dispatcher().resend(this, slot.rawQuality());
            case LaneEffect.Verify verify ->
                services.gate()
                        .verify(
                                verify.candidate(),
                                verify.atMost(),
                                verification -> verified(verify.candidate(), verification));
            case LaneEffect.EndSlowAttempt slow ->
                services.dispatcher().endSlowAttempt(this, () -> run(lane::slowAttemptsChecked));
            case LaneEffect.EndAccountProbe probe ->
                probe.accounts().probeEnded(probe.accountId());
            case LaneEffect.PauseUpstream pause -> services.dispatcher().pause(pause.time(), pause.upstream());
            case LaneEffect.StartTimer start -> startTimer(start);
            case LaneEffect.CancelTimer cancel -> cancelTimer();
            case LaneEffect.AnswerVerdict verdict ->
                verdict.waiting().forEach(waiting -> waiting.complete(verdict.answer()));
            case LaneEffect.RefreshMiningInfo refresh -> services.refreshMiningInfo().run();
        }
    }

    private static void giveReceipt(Candidate candidate) {
        candidate.receipt().complete(null);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it cannot fail
    private static void giveReceiptWith(Candidate candidate, Candidate other) {
        other.receipt().thenRun(() -> giveReceipt(candidate));
    }

    private void startTimer(LaneEffect.StartTimer start) {
        cancelTimer();
        timer = services.scheduler()
                .schedule(
                        start.delay(),
                        () -> run(step -> lane.timerElapsed(start.number(), step)));
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
