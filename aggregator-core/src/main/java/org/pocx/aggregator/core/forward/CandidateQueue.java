package org.pocx.aggregator.core.forward;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.NonceId;
import org.pocx.aggregator.core.upstream.NamedUpstream;

/**
 * The candidates of one round and key, in the order in which the upstream should get them. Nothing is final before the
 * upstream confirms it: runners-up wait behind the best candidates, and each verdict may promote the next one.
 *
 * <pre>
 * offer ──► queued ──► in flight ──► confirmed | bar (filtered) | rejected | parked (stale) | held (account refused)
 *   │          ▲  ◄──────┘ requeue        │
 *   ▼          │ promote                  ▼
 *  runners-up ─┘                 those not better than it are retained or dropped
 * </pre>
 *
 * <p>Before a candidate is queued, it is verified where the {@link VerificationRule} demands it.
 *
 * <p>A candidate of a machine that {@linkplain MachineRanking#ranksBehind ranks behind} comes after all others, whatever it
 * claims; among equals in that, the lower claimed raw quality wins, then the one that was received first. Not thread-safe:
 * its {@link Lane} owns it.
 */
final class CandidateQueue {
    /** Runners-up kept at most. */
    static final int MAX_RUNNERS_UP = 32;

    /** Of these, places that only machines with a nonce confirmed within a day can have. */
    static final int RESERVED_FOR_TRUSTED = 8;

    /** Judged candidates kept for another upstream. */
    static final int MAX_SETTLED = 16;

    /** Candidates sent at once: a better one does not wait for a slower one. */
    static final int MAX_IN_FLIGHT = 2;

    /** Runners-up verified at once: they are sent two at a time anyway. */
    private static final int MAX_VERIFYING_RUNNERS_UP = MAX_IN_FLIGHT;

    private final Predicate<Candidate> misfit;
    private final VerificationRule verificationRule;
    private final boolean mayBeTakenBack;
    private final BooleanSupplier several;

    /** Which candidate deserves a place. */
    private final Comparator<Candidate> rank;

    /** Which candidate is sent next: not those that the upstream cannot process, nor those that yield. */
    private final Comparator<Candidate> sendingOrder;

    /** The same, without the time: a candidate has to be strictly better than what is in flight. */
    private final Comparator<Candidate> claimOrder;

    private final RunnerUpEviction eviction;
    private final int wanted;
    private String upstream;
    private ConfirmedCandidates confirmed;
    private @Nullable Candidate queued;
    private final List<Candidate> inFlight = new ArrayList<>(1);

    /** Those that would be queued if they were verified; they are in nobody's way. */
    private final List<Candidate> verifying = new ArrayList<>(0);

    private final List<Candidate> parked = new ArrayList<>(0);
    private final List<Candidate> runnersUp = new ArrayList<>(0);
    private final HeldCandidates held;
    private final RetainedCandidates retained;

    /** Judged candidates that do not compete at the active upstream, but may at another one. */
    private final List<Candidate> settled = new ArrayList<>(0);

    /**
     * An empty queue, with nothing confirmed.
     *
     * @param ranking asked whenever candidates are compared
     * @param misfit whether the upstream cannot process a request of the candidate's form now
     * @param verificationRule which candidates are verified before they are queued
     * @param wanted how many nonces the upstream needs, at least 1
     * @param mayBeTakenBack whether the upstream may take a confirmation back, so that candidates are kept that are not better
     *     than what is confirmed
     */
    CandidateQueue(
            MachineRanking ranking,
            Predicate<Candidate> misfit,
            VerificationRule verificationRule,
            int wanted,
            boolean mayBeTakenBack) {
        this(ranking, misfit, verificationRule, wanted, mayBeTakenBack, () -> false, NamedUpstream.UNNAMED);
    }

    /**
     * As above.
     *
     * @param several whether another upstream may become active, so that what this one does not need is kept
     * @param upstream the id of the active upstream
     */
    CandidateQueue(
            MachineRanking ranking,
            Predicate<Candidate> misfit,
            VerificationRule verificationRule,
            int wanted,
            boolean mayBeTakenBack,
            BooleanSupplier several,
            String upstream) {
        this.misfit = misfit;
        this.verificationRule = verificationRule;
        this.wanted = wanted;
        this.upstream = upstream;
        this.confirmed = new ConfirmedCandidates(wanted, upstream);
        this.mayBeTakenBack = mayBeTakenBack;
        this.several = several;
        Comparator<Candidate> byClaim = Comparator.comparing((Candidate c) -> ranking.ranksBehind(c.machine()))
                .thenComparing(Candidate::rawQuality, Long::compareUnsigned);
        Comparator<Candidate> byTime = Comparator.comparing(Candidate::receivedNanos, (a, b) -> Long.signum(a - b));
        this.rank = byClaim.thenComparing(byTime);
        this.claimOrder = Comparator.comparing((Candidate c) -> misfit.test(c))
                .thenComparing(Candidate::isYielding)
                .thenComparing(byClaim);
        this.sendingOrder = claimOrder.thenComparing(byTime);
        this.eviction = new RunnerUpEviction(ranking, rank);
        this.held = new HeldCandidates(ranking, rank);
        this.retained = new RetainedCandidates(ranking, rank);
    }

    /** The candidate that the upstream confirmed at the best quality, or null. */
    @Nullable
    Candidate bestConfirmed() {
        return confirmed.best();
    }

    /** The candidate to be sent next, or null. */
    @Nullable
    Candidate queued() {
        return queued;
    }

    /** Whether the candidate to be sent next is of a form that the upstream cannot process. */
    boolean isQueuedMisfit() {
        return queued != null && misfit.test(queued);
    }

    /** Whether as many candidates as allowed are being sent; probes do not count, nor those that the upstream lets wait. */
    boolean isInFlightFull(LaneFacts facts) {
        int count = 0;
        for (Candidate sent : inFlight) {
            count += sent.isProbe() || facts.isWaitingSince(sent.sentNanos()) ? 0 : 1;
        }
        return count >= MAX_IN_FLIGHT;
    }

    /** Whether the candidate to be sent next is better than all in flight, so that a slow one of them may be ended for it. */
    boolean isQueuedBest() {
        Candidate next = queued;
        return next != null && (wanted == 1 || countAhead(next) == 0);
    }

    /** Whether stale candidates wait to be tried again. */
    boolean hasParked() {
        return !parked.isEmpty();
    }

    /** The accounts of which candidates are held, as the upstream refuses them. */
    Set<String> heldAccounts() {
        return held.accounts();
    }

    /** The best held candidate of an account, if it is better than all that is ahead of it; else null. */
    @Nullable
    Candidate bestHeld(String accountId) {
        Candidate best = held.best(accountId);
        return best != null && outranksAllAhead(best) ? best : null;
    }

    /** The best of all, however it stands, to find out whether an upstream gives verdicts; or null. */
    @Nullable
    Candidate bestOfAll() {
        return Stream.of(
                Stream.ofNullable(queued),
                inFlight.stream(),
                runnersUp.stream(),
                confirmed.all().stream(),
                Stream.ofNullable(confirmed.bar()))
                .flatMap(places -> places)
                .min(rank)
                .orElse(null);
    }

    /** The candidates that wait to be sent first or are being sent. */
    Stream<Candidate> ahead() {
        return Stream.concat(Stream.ofNullable(queued), inFlight.stream());
    }

    /** Whether the candidate to be sent next is confirmed by another upstream: there is time for it after what is new. */
    boolean isQueuedConfirmedElsewhere() {
        return queued != null && queued.isConfirmedElsewhere(upstream);
    }

    /** Whether the candidate is being sent to the active upstream. */
    boolean isInFlight(Candidate candidate) {
        return inFlight.contains(candidate);
    }

    /** Whether nothing is in flight, waits or is confirmed. */
    boolean isIdle() {
        return queued == null
                && inFlight.isEmpty()
                && verifying.isEmpty()
                && parked.isEmpty()
                && held.isEmpty()
                && confirmed.bestOrBar() == null;
    }

    /** The candidate of that identity, wherever it is, or null. */
    @Nullable
    Candidate find(NonceId nonceId) {
        if (queued != null && queued.nonceId().equals(nonceId)) {
            return queued;
        }
        Candidate bar = confirmed.bar();
        if (bar != null && bar.nonceId().equals(nonceId)) {
            return bar;
        }
        for (List<Candidate> places : List.of(inFlight, verifying, runnersUp, parked, held.all(), retained.all(),
                confirmed.all(), settled)) {
            for (Candidate candidate : places) {
                if (candidate.nonceId().equals(nonceId)) {
                    return candidate;
                }
            }
        }
        return null;
    }

    /** Takes a candidate, with its fate, that upstreams judged before a restart. */
    void restoreJudged(Candidate candidate, LaneStep step) {
        if (candidate.isConfirmedAt(upstream)) {
            confirmed.add(candidate);
            dropBeaten(step);
        } else if (candidate.isFilteredAt(upstream)) {
            raiseBar(candidate, step);
        } else if (competes(candidate)) {
            bringBack(List.of(candidate), step);
            promote(step);
        } else if (several.getAsBoolean()) {
            settle(List.of(candidate), step);
        }
    }

    /** Takes a candidate of the outbox, without a fate, of which the upstream has one that is at least as good. */
    void restoreFiltered(Candidate candidate, LaneStep step) {
        step.move(candidate, Fate.FILTERED);
        raiseBar(candidate, step);
    }

    // ---- another upstream is the active one

    /** Another upstream is the active one: all that it has not judged and may need competes there. */
    void useUpstream(String id, LaneStep step) {
        List<Candidate> all = takeOut(candidate -> true);
        all.addAll(inFlight);
        all.addAll(retained.removeAll());
        all.addAll(confirmed.all());
        Stream.ofNullable(confirmed.bar()).forEach(all::add);
        all.addAll(settled);
        inFlight.clear();
        settled.clear();
        all.forEach(Candidate::forgetTroubles);
        all.sort(rank);
        upstream = id;
        confirmed = new ConfirmedCandidates(wanted, id);
        all.stream().filter(candidate -> candidate.isConfirmedAt(id)).forEach(confirmed::add);
        all.stream().filter(candidate -> candidate.isFilteredAt(id)).forEach(confirmed::raiseBar);
        List<Candidate> others = all.stream()
                .filter(candidate -> !candidate.isConfirmedAt(id) && candidate != confirmed.bar())
                .toList();
        bringBack(others.stream().filter(this::competes).toList(), step);
        others.stream()
                .filter(candidate -> !competes(candidate) && !candidate.isJudged())
                .forEach(beaten -> retainOrDrop(beaten, step));
        settle(
                others.stream()
                        .filter(candidate -> !competes(candidate) && candidate.isJudged())
                        .toList(),
                step);
        promote(step);
    }

    /** Whether the active upstream may need the candidate, and has not judged it. */
    private boolean competes(Candidate candidate) {
        return !candidate.isBad() && !candidate.isRejectedAt(upstream) && confirmed.areBeatenBy(candidate);
    }

    /** The candidates do not compete at the active upstream; the best of them are kept for another one. */
    private void settle(List<Candidate> candidates, LaneStep step) {
        for (Candidate candidate : candidates) {
            if (candidate.fate() == Fate.PENDING && candidate.isRejectedAt(upstream)) {
                step.rejected(candidate);
            } else if (candidate.fate() == Fate.PENDING) {
                step.move(candidate, Fate.SUPERSEDED);
            }
            if (!candidate.isBad()) {
                settled.add(candidate);
            }
        }
        settled.sort(rank);
        while (settled.size() > MAX_SETTLED) {
            step.drop(settled.removeLast());
        }
    }

    /**
     * An upstream accepted a candidate that was sent to it before another one became active, or as a probe.
     *
     * @param rawQuality u64, the worse of the claim and the upstream's own figure
     */
    void confirmLate(Candidate candidate, long rawQuality, String by, LaneStep step) {
        step.confirmed(candidate, rawQuality, by);
        if (by.equals(upstream) && !inFlight.contains(candidate) && !confirmed.all().contains(candidate)) {
            leave(candidate);
            confirmed.add(candidate);
            dropBeaten(step);
            promote(step);
        }
    }

    /** An upstream said so of a candidate that was sent to it before another one became active, or as a probe. */
    void filterLate(Candidate candidate, String by, LaneStep step) {
        step.filtered(candidate, by);
        if (by.equals(upstream) && !inFlight.contains(candidate) && !confirmed.all().contains(candidate)
                && candidate != confirmed.bar()) {
            leave(candidate);
            step.move(candidate, Fate.FILTERED);
            raiseBar(candidate, step);
            promote(step);
        }
    }

    /** An upstream rejected a candidate that was sent to it before another one became active, or as a probe. */
    void rejectLate(Candidate candidate, String by, LaneStep step) {
        boolean isBad = step.reason().isOfEveryUpstream();
        if (isBad) {
            candidate.markBad();
        }
        if (!(isBad || by.equals(upstream)) || inFlight.contains(candidate)) {
            step.rejectedElsewhere(candidate, by);
        } else if (!confirmed.all().contains(candidate)) {
            leave(candidate);
            step.rejected(candidate);
            settleRejected(candidate, step);
            promote(step);
        }
    }

    /** Removes the candidate from all places but those of confirmed ones and in flight. */
    private void leave(Candidate candidate) {
        takeOut(other -> other == candidate);
        retained.remove(candidate);
        settled.remove(candidate);
    }

    private void settleRejected(Candidate candidate, LaneStep step) {
        if (step.reason().isOfEveryUpstream()) {
            candidate.markBad();
        } else if (several.getAsBoolean()) {
            settle(List.of(candidate), step);
        }
    }

    /**
     * Takes a candidate without a fate. It is queued when it outranks all that is queued or in flight and is better than what
     * is confirmed; otherwise it is a runner-up, or retained, or not kept.
     *
     * @return whether it is kept
     */
    boolean offer(Candidate candidate, LaneStep step) {
        if (!confirmed.areBeatenBy(candidate)) {
            step.move(candidate, Fate.FILTERED);
            return retain(candidate, step);
        }
        if (isSurplusClaim(candidate, step)) {
            step.move(candidate, Fate.FILTERED);
            return false;
        }
        if (outranksAllAhead(candidate)) {
            enqueue(candidate, step);
            return true;
        }
        step.move(candidate, Fate.FILTERED);
        return addRunnerUp(candidate, step) != candidate;
    }

    /**
     * Takes a candidate without a fate, of an account that the upstream refuses. It waits until that has changed.
     *
     * @return whether it is kept
     */
    boolean offerHeld(Candidate candidate, LaneStep step) {
        if (!confirmed.areBeatenBy(candidate)) {
            step.move(candidate, Fate.FILTERED);
            return retain(candidate, step);
        }
        return addHeld(candidate, step) != candidate;
    }

    /**
     * Takes a candidate, with its fate, that was dropped before and whose sender waits for the verdict: it competes again where
     * the upstream may need it.
     *
     * @return whether it is kept
     */
    boolean offerAgain(Candidate candidate, LaneStep step) {
        if (!isNeeded(candidate) || isSurplusClaim(candidate, step)) {
            return false;
        }
        bringBack(List.of(candidate), step);
        return isPending(candidate);
    }

    /** Whether fewer nonces than the upstream needs are confirmed that are not worse. */
    boolean isNeeded(Candidate candidate) {
        return confirmed.areBeatenBy(candidate);
    }

    /** Whether the candidate is being sent, or waits for that behind nothing but others that have no verdict. */
    boolean isPending(Candidate candidate) {
        return queued == candidate
                || inFlight.contains(candidate)
                || verifying.contains(candidate)
                || runnersUp.contains(candidate);
    }

    /**
     * Whether as many candidates as the upstream needs claim no worse and are confirmed, or ahead and durable: they would survive
     * the end of the process.
     */
    boolean isCovered(Candidate candidate) {
        int covering = confirmed.countNotWorse(candidate);
        covering += queued != null && covers(queued, candidate) ? 1 : 0;
        for (Candidate sent : inFlight) {
            covering += covers(sent, candidate) ? 1 : 0;
        }
        return covering >= wanted;
    }

    private static boolean covers(Candidate ahead, Candidate candidate) {
        return Long.compareUnsigned(ahead.rawQuality(), candidate.rawQuality()) <= 0
                && ahead.isDurable();
    }

    /**
     * Takes the queued candidate for sending; null when there is none or as many as allowed are in flight. One of a form that
     * the upstream cannot process is sent as a probe.
     */
    @Nullable
    Candidate takeNext(LaneStep step) {
        Candidate next = queued;
        if (next == null || isInFlightFull(step.facts())) {
            return null;
        }
        queued = null;
        next.skipVerification();
        next.probe(misfit.test(next));
        inFlight.add(next);
        if (next.isProbe() || wanted > 1) {
            promote(step);
        }
        return next;
    }

    /** Takes the {@linkplain #bestHeld best held} candidate of an account for sending, as a probe. */
    @Nullable
    Candidate takeHeld(String accountId) {
        Candidate probe = bestHeld(accountId);
        if (probe != null) {
            held.remove(probe);
            probe.probe(true);
            inFlight.add(probe);
        }
        return probe;
    }

    /**
     * The candidate in flight was accepted: all that is not better is retained or dropped.
     *
     * @param rawQuality u64, the worse of the claim and the upstream's own figure
     */
    void confirm(Candidate candidate, long rawQuality, LaneStep step) {
        leaveFlight(candidate);
        step.confirmed(candidate, rawQuality, upstream);
        confirmed.add(candidate);
        dropBeaten(step);
        promote(step);
    }

    /** The upstream has one that is at least as good as the candidate in flight: all that is not better is retained. */
    void filter(Candidate candidate, LaneStep step) {
        leaveFlight(candidate);
        step.filtered(candidate, upstream);
        step.move(candidate, Fate.FILTERED);
        step.add(new LaneEffect.GiveReceiptWithoutStore(candidate));
        raiseBar(candidate, step);
        promote(step);
    }

    private void raiseBar(Candidate candidate, LaneStep step) {
        Candidate other = confirmed.raiseBar(candidate);
        if (other != null) {
            retainOrDrop(other, step);
        }
        dropBeaten(step);
    }

    private void dropBeaten(LaneStep step) {
        takeOut(candidate -> !confirmed.areBeatenBy(candidate)).forEach(beaten -> retainOrDrop(beaten, step));
        Candidate best = confirmed.bestOrBar();
        if (best != null) {
            retained.dropSurplus(best).forEach(step::drop);
        }
    }

    /** Removes those that wait, the best first. */
    private List<Candidate> takeOut(Predicate<Candidate> which) {
        List<Candidate> out = new ArrayList<>();
        if (queued != null && which.test(queued)) {
            out.add(queued);
            queued = null;
        }
        held.all().stream().filter(which).forEach(candidate -> {
            held.remove(candidate);
            out.add(candidate);
        });
        for (List<Candidate> places : List.of(verifying, runnersUp, parked)) {
            places.stream().filter(which).forEach(out::add);
            places.removeIf(which);
        }
        out.sort(rank);
        return out;
    }

    /** The candidate is not better than what is confirmed. */
    private void retainOrDrop(Candidate candidate, LaneStep step) {
        if (candidate.isJudged()) {
            settle(List.of(candidate), step);
        } else if (retain(candidate, step)) {
            step.move(candidate, Fate.FILTERED);
        } else {
            if (candidate.fate() == Fate.PENDING) {
                step.move(candidate, Fate.SUPERSEDED);
            }
            step.drop(candidate);
        }
    }

    /** Returns whether it is retained; those that have to leave for it are dropped. */
    private boolean retain(Candidate candidate, LaneStep step) {
        Candidate best = confirmed.bestOrBar();
        boolean mayBeNeeded = mayBeTakenBack || several.getAsBoolean() || confirmed.bar() != null;
        if (!mayBeNeeded || best == null) {
            return false;
        }
        List<Candidate> out = retained.add(candidate, best);
        out.stream().filter(other -> other != candidate).forEach(step::drop);
        return !out.contains(candidate);
    }

    /** The candidate in flight was rejected. */
    void reject(Candidate candidate, LaneStep step) {
        leaveFlight(candidate);
        step.rejected(candidate);
        settleRejected(candidate, step);
        promote(step);
    }

    /** The candidate's claim is false: it is rejected, if it still waits for that result. */
    void rejectUnsent(Candidate candidate, LaneStep step) {
        if (verifying.remove(candidate)) {
            step.move(candidate, Fate.REJECTED);
            promote(step);
        }
    }

    /** The candidate was verified, or its time for that is over: it competes, if it still waits; returns whether it did. */
    boolean endVerification(Candidate candidate, LaneStep step) {
        boolean isWaiting = verifying.remove(candidate);
        if (isWaiting) {
            candidate.skipVerification();
            bringBack(List.of(candidate), step);
            promote(step);
        }
        return isWaiting;
    }

    /** A confirmed candidate was rejected when it was sent again: the retained ones compete again. */
    void rejectConfirmed(Candidate candidate, LaneStep step) {
        confirmed.remove(candidate);
        step.rejected(candidate);
        settleRejected(candidate, step);
        bringBackRetained(step);
        promote(step);
    }

    /**
     * A confirmed candidate was stale when it was sent again, while its round is current in another form: it waits for its
     * form, and the retained ones compete again.
     */
    void parkConfirmed(Candidate candidate, LaneStep step) {
        confirmed.remove(candidate);
        candidate.at(upstream).withdraw();
        park(candidate, step);
        bringBackRetained(step);
        promote(step);
    }

    /** The upstream refuses the account of the candidate, which was in flight or is confirmed: all of that account are held. */
    void hold(Candidate candidate, LaneStep step) {
        leaveFlight(candidate);
        boolean wasConfirmed = confirmed.remove(candidate);
        if (wasConfirmed) {
            candidate.at(upstream).withdraw();
        }
        if (confirmed.areBeatenBy(candidate)) {
            addHeld(candidate, step);
        } else {
            retainOrDrop(candidate, step);
        }
        if (wasConfirmed) {
            bringBackRetained(step);
        }
        holdAccount(candidate.accountId(), step);
    }

    /** Holds all candidates of an account that wait. */
    void holdAccount(String accountId, LaneStep step) {
        takeOut(candidate -> candidate.accountId().equals(accountId)).forEach(candidate -> addHeld(candidate, step));
        promote(step);
    }

    /** Returns the candidate that had to leave for it, which may be the same, or null. */
    private @Nullable Candidate addHeld(Candidate candidate, LaneStep step) {
        Candidate surplus = held.add(candidate);
        if (surplus != candidate) {
            step.move(candidate, Fate.PENDING);
        }
        if (surplus != null) {
            step.move(surplus, surplus.fate() == null ? Fate.FILTERED : Fate.SUPERSEDED);
            Candidate best = held.best(surplus.accountId());
            if (best == null) {
                step.drop(surplus);
            } else {
                step.dropFor(surplus, best);
            }
        }
        return surplus;
    }

    /** The upstream accepts nonces of the account again: its held candidates compete again. */
    void release(String accountId, LaneStep step) {
        bringBack(held.removeAll(accountId), step);
        promote(step);
    }

    private void bringBackRetained(LaneStep step) {
        List<Candidate> all = retained.removeAll();
        bringBack(all.stream().filter(confirmed::areBeatenBy).toList(), step);
        Candidate best = confirmed.bestOrBar();
        all.stream().filter(candidate -> !confirmed.areBeatenBy(candidate)).forEach(candidate -> {
            if (best == null || retained.add(candidate, best).contains(candidate)) {
                step.drop(candidate);
            }
        });
    }

    /** Those that waited elsewhere compete again, the best first. */
    private void bringBack(List<Candidate> candidates, LaneStep step) {
        for (Candidate candidate : candidates.stream().sorted(rank).toList()) {
            if (outranksAllAhead(candidate)) {
                enqueue(candidate, step);
            } else {
                if (candidate.fate() == null) {
                    step.move(candidate, Fate.FILTERED);
                } else if (candidate.fate() != Fate.FILTERED && candidate.fate() != Fate.REJECTED) {
                    step.move(candidate, Fate.SUPERSEDED);
                }
                addRunnerUp(candidate, step);
            }
        }
    }

    /** The attempt of the candidate in flight had no verdict: it is queued again, unless something better is. */
    void requeue(Candidate candidate, LaneStep step) {
        leaveFlight(candidate);
        if (!confirmed.areBeatenBy(candidate)) {
            retainOrDrop(candidate, step);
        } else if (outranksAllAhead(candidate)) {
            enqueue(candidate, step);
        } else {
            step.move(candidate, Fate.SUPERSEDED);
            addRunnerUp(candidate, step);
        }
        promote(step);
    }

    /** The candidate in flight is stale: it waits with its round, and delays no other. Nothing is promoted. */
    void park(Candidate candidate, LaneStep step) {
        leaveFlight(candidate);
        if (!confirmed.areBeatenBy(candidate)) {
            retainOrDrop(candidate, step);
            return;
        }
        step.move(candidate, Fate.STALE);
        parked.add(candidate);
        if (parked.size() > MAX_RUNNERS_UP) {
            Candidate worst = parked.stream().max(rank).orElseThrow();
            parked.remove(worst);
            step.drop(worst);
        }
    }

    /** Those of the parked candidates compete again. */
    void unpark(Predicate<Candidate> which, LaneStep step) {
        List<Candidate> back = parked.stream().filter(which).toList();
        parked.removeAll(back);
        bringBack(back, step);
        promote(step);
    }

    /** The candidate in flight has used up its attempts. */
    void giveUp(Candidate candidate, LaneStep step) {
        leaveFlight(candidate);
        step.move(candidate, Fate.EXPIRED);
        promote(step);
    }

    /**
     * Queues the best runner-up where it outranks all that is ahead of it. While that one is verified, the next one is not held
     * up. Called again whenever a ranking changed.
     */
    void promote(LaneStep step) {
        Candidate best = bestRunnerUp(step);
        while (best != null && outranksAllAhead(best)) {
            runnersUp.remove(best);
            enqueue(best, step);
            best = queued == best ? null : bestRunnerUp(step);
        }
    }

    private @Nullable Candidate bestRunnerUp(LaneStep step) {
        boolean mayVerify = verifying.size() < MAX_VERIFYING_RUNNERS_UP;
        return runnersUp.stream()
                .filter(candidate -> mayVerify || verificationTime(candidate, step).isZero())
                .min(sendingOrder)
                .orElse(null);
    }

    private Duration verificationTime(Candidate candidate, LaneStep step) {
        return verificationRule.timeFor(candidate, step.facts());
    }

    /** The round is over: what was pending expires, what was stale stays so, the rest is dropped. Attempts in flight go on. */
    void close(LaneStep step) {
        if (queued != null) {
            step.move(queued, Fate.EXPIRED);
            queued = null;
        }
        verifying.forEach(candidate -> step.move(candidate, Fate.EXPIRED));
        verifying.clear();
        held.all().forEach(candidate -> {
            held.remove(candidate);
            step.move(candidate, Fate.EXPIRED);
        });
        takeOut(candidate -> true).forEach(step::drop);
        retained.removeAll().forEach(step::drop);
        settled.forEach(step::drop);
        settled.clear();
        Stream.ofNullable(confirmed.bar()).forEach(step::drop);
    }

    /** The candidate's attempt ended: those that yielded to another are equal to it again. */
    private void leaveFlight(Candidate candidate) {
        inFlight.remove(candidate);
        candidate.probe(false);
        Stream.concat(Stream.ofNullable(queued), runnersUp.stream())
                .filter(other -> other != candidate)
                .forEach(other -> other.yielding(false));
    }

    /** Queues the candidate, or has it verified before that. */
    private void enqueue(Candidate candidate, LaneStep step) {
        step.move(candidate, Fate.PENDING);
        Duration verificationTime = verificationTime(candidate, step);
        if (!verificationTime.isZero()) {
            verifying.add(candidate);
            step.add(new LaneEffect.Verify(candidate, verificationTime));
            return;
        }
        Candidate displaced = queued;
        queued = candidate;
        if (displaced != null) {
            step.move(displaced, Fate.SUPERSEDED);
            addRunnerUp(displaced, step);
        }
    }

    private boolean outranksAllAhead(Candidate candidate) {
        if (queued != null && sendingOrder.compare(candidate, queued) >= 0) {
            return false;
        }
        int ahead = countAhead(candidate);
        return ahead == 0 || ahead + confirmed.countNotWorse(candidate) < wanted;
    }

    /** How many candidates in flight the candidate does not outrank; probes do not count. */
    private int countAhead(Candidate candidate) {
        int ahead = 0;
        for (Candidate sent : inFlight) {
            ahead += !sent.isProbe() && claimOrder.compare(candidate, sent) >= 0 ? 1 : 0;
        }
        return ahead;
    }

    /**
     * Whether this is another claim for a proof of which two claims compete already, and not better than the later one of them.
     * If it is better, it takes the place of that one.
     */
    private boolean isSurplusClaim(Candidate candidate, LaneStep step) {
        List<Candidate> claims =
                Stream.of(
                        Stream.ofNullable(queued),
                        inFlight.stream(),
                        verifying.stream(),
                        runnersUp.stream(),
                        parked.stream())
                        .flatMap(places -> places)
                        .filter(other -> other.nonceId().isSameProof(candidate.nonceId()))
                        .sorted(Comparator.comparing(Candidate::receivedNanos, (a, b) -> Long.signum(a - b)))
                        .toList();
        if (claims.size() < 2) {
            return false;
        }
        Candidate later = claims.get(1);
        if (rank.compare(candidate, later) >= 0) {
            return true;
        }
        if (!inFlight.contains(later)) {
            takeOut(other -> other == later);
            step.move(later, Fate.SUPERSEDED);
            step.drop(later);
        }
        return false;
    }

    /** Adds a runner-up; the one that has to leave for it (it may be the same) is dropped and returned. */
    private @Nullable Candidate addRunnerUp(Candidate candidate, LaneStep step) {
        runnersUp.add(candidate);
        if (runnersUp.size() <= MAX_RUNNERS_UP) {
            return null;
        }
        Candidate victim = eviction.victim(runnersUp);
        runnersUp.remove(victim);
        step.drop(victim);
        return victim;
    }
}
