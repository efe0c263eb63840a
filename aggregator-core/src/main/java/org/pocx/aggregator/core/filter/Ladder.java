package org.pocx.aggregator.core.filter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.NonceId;

/**
 * The candidates of one round and key, in the order in which the upstream should see them. Nothing is settled before
 * the upstream confirms it: behind the best candidate wait runners-up, and each verdict may send the next one up.
 *
 * <pre>
 * offer ──► queued ──► in flight ──► confirmed | rejected | parked (stale) | held (account refused)
 *   │          ▲  ◄──────┘ requeue        │
 *   ▼          │ promote                  ▼
 *  runners-up ─┘                 those not better than it are retained or dropped
 * </pre>
 *
 * <p>A candidate of a machine that {@linkplain Standing#ranksBehind ranks behind} comes after all others, whatever it
 * claims; among equals in that, the lower claimed raw quality wins, then the one that came first. Not thread-safe: its
 * owner guards it with a lock.
 */
public final class Ladder {
    /** Runners-up kept at most. */
    public static final int MAX_RUNNERS_UP = 32;

    /** Of these, places that only machines with a nonce confirmed within a day can have. */
    public static final int RESERVED_FOR_TRUSTED = 8;

    /** Candidates sent at once: a better one does not wait for a slower one. */
    public static final int MAX_IN_FLIGHT = 2;

    private final Standing standing;
    private final LadderObserver observer;
    private final Predicate<Candidate> misfit;
    private final boolean retains;

    /** Who deserves a place. */
    private final Comparator<Candidate> rank;

    /** Who goes next: not those that the upstream cannot read, nor those that let others go before. */
    private final Comparator<Candidate> turn;

    private final Confirmations confirmations = new Confirmations();
    private @Nullable Candidate queued;
    private final List<Candidate> inFlight = new ArrayList<>(1);
    private final List<Candidate> parked = new ArrayList<>(0);
    private final List<Candidate> runnersUp = new ArrayList<>(0);
    private final HeldCandidates held;
    private final RetainedCandidates retained;

    /**
     * An empty ladder, with nothing confirmed.
     *
     * @param standing who keeps places and who ranks last, asked whenever an order is to be found
     * @param misfit whether the upstream cannot process a request of the candidate's form now
     * @param retains whether candidates are kept that are not better than what is confirmed, as the upstream may take a
     *     confirmation back
     * @param observer told under the lock that guards this ladder
     */
    public Ladder(Standing standing, Predicate<Candidate> misfit, boolean retains, LadderObserver observer) {
        this.standing = standing;
        this.misfit = misfit;
        this.retains = retains;
        this.observer = observer;
        this.rank = Comparator.comparing((Candidate c) -> standing.ranksBehind(c.miner().address()))
                .thenComparing(Candidate::rawQuality, Long::compareUnsigned)
                .thenComparing(Candidate::receivedNanos, (a, b) -> Long.signum(a - b));
        this.turn = Comparator.comparing((Candidate c) -> misfit.test(c))
                .thenComparing(Candidate::isYielding)
                .thenComparing(rank);
        this.held = new HeldCandidates(rank);
        this.retained = new RetainedCandidates(rank);
    }

    /** {@return the u64 raw quality that the upstream has confirmed, if any} */
    public OptionalLong confirmed() {
        Candidate best = confirmations.best();
        return best == null ? OptionalLong.empty() : OptionalLong.of(best.confirmedRawQuality());
    }

    /** {@return the candidate that the upstream confirmed at the best quality, or null} */
    public @Nullable Candidate bestConfirmed() {
        return confirmations.best();
    }

    /** {@return the candidate to be sent next, or null} */
    public @Nullable Candidate queued() {
        return queued;
    }

    /** {@return true when the candidate to be sent next is of a form that the upstream cannot process} */
    public boolean isQueuedMisfit() {
        return queued != null && misfit.test(queued);
    }

    /** {@return how many candidates are being sent, without probes} */
    public int inFlightCount() {
        int count = 0;
        for (Candidate sent : inFlight) {
            count += sent.isProbe() ? 0 : 1;
        }
        return count;
    }

    /** {@return true when stale candidates wait to be tried again} */
    public boolean hasParked() {
        return !parked.isEmpty();
    }

    /** {@return the accounts of which candidates are held, as the upstream accepts none of theirs} */
    public Set<String> heldAccounts() {
        return held.accounts();
    }

    /**
     * {@return the best held candidate of an account, if it is better than all that is ahead of it; else null}
     *
     * @param accountId 40 lower-case hex characters
     */
    public @Nullable Candidate bestHeld(String accountId) {
        Candidate best = held.best(accountId);
        return best != null && outranksAllAhead(best) ? best : null;
    }

    /** {@return true when nothing is on its way, waits or is confirmed} */
    public boolean isIdle() {
        return queued == null
                && inFlight.isEmpty()
                && parked.isEmpty()
                && held.isEmpty()
                && confirmations.best() == null;
    }

    /**
     * {@return the candidate of that identity, wherever on the ladder it is, or null}
     *
     * @param nonceId of a nonce of this round
     */
    public @Nullable Candidate find(NonceId nonceId) {
        if (queued != null && queued.nonceId().equals(nonceId)) {
            return queued;
        }
        for (List<Candidate> places : List.of(inFlight, runnersUp, parked, held.all(), retained.all(),
                confirmations.all())) {
            for (Candidate candidate : places) {
                if (candidate.nonceId().equals(nonceId)) {
                    return candidate;
                }
            }
        }
        return null;
    }

    /**
     * Takes what was confirmed before a restart.
     *
     * @param candidate one that the ladder does not hold
     * @param rawQuality u64, at which it was confirmed; the upstream is sent only what is strictly below it
     */
    public void restoreConfirmed(Candidate candidate, long rawQuality) {
        candidate.confirmedAt(rawQuality);
        candidate.fate(Fate.CONFIRMED);
        confirmations.add(candidate);
        dropBeaten();
    }

    /**
     * Takes a candidate that the ladder does not hold. It is queued when it outranks all that is queued or in flight
     * and is better than what is confirmed; else it is a runner-up, or retained, or it is not kept.
     *
     * @param candidate of this round and key, without a fate yet
     * @return true when the ladder holds it now
     */
    public boolean offer(Candidate candidate) {
        if (!confirmations.areBeatenBy(candidate)) {
            move(candidate, Fate.FILTERED);
            return retain(candidate);
        }
        if (isSurplusClaim(candidate)) {
            move(candidate, Fate.FILTERED);
            return false;
        }
        if (outranksAllAhead(candidate)) {
            enqueue(candidate);
            return true;
        }
        move(candidate, Fate.FILTERED);
        return addRunnerUp(candidate) != candidate;
    }

    /**
     * Takes a candidate of an account of which the upstream accepts no nonce now. It waits until that has changed.
     *
     * @param candidate of this round and key, without a fate yet
     * @return true when the ladder holds it now
     */
    public boolean offerHeld(Candidate candidate) {
        if (!confirmations.areBeatenBy(candidate)) {
            move(candidate, Fate.FILTERED);
            return retain(candidate);
        }
        return addHeld(candidate) != candidate;
    }

    /**
     * {@return whether a candidate ahead claims no worse, and is past its receipt: it would outlive the end of the
     * process}
     *
     * @param candidate one that competes here, on the ladder or not
     */
    public boolean isCovered(Candidate candidate) {
        return !confirmations.areBeatenBy(candidate)
                || (queued != null && covers(queued, candidate))
                || inFlight.stream().anyMatch(sent -> covers(sent, candidate));
    }

    private static boolean covers(Candidate ahead, Candidate candidate) {
        return Long.compareUnsigned(ahead.rawQuality(), candidate.rawQuality()) <= 0
                && ahead.answerable().isDone();
    }

    /**
     * {@return the queued candidate, now in flight; null when there is none or as many as allowed are in flight} One of a
     * form that the upstream cannot process goes as a probe.
     */
    public @Nullable Candidate takeNext() {
        Candidate next = queued;
        if (next == null || inFlightCount() >= MAX_IN_FLIGHT) {
            return null;
        }
        queued = null;
        next.probe(misfit.test(next));
        inFlight.add(next);
        if (next.isProbe()) {
            promote();
        }
        return next;
    }

    /**
     * {@return the best held candidate of an account, now in flight as a probe; null when there is none, or something better
     * is ahead of it}
     *
     * @param accountId 40 lower-case hex characters
     */
    public @Nullable Candidate takeHeld(String accountId) {
        Candidate probe = bestHeld(accountId);
        if (probe != null) {
            held.remove(probe);
            probe.probe(true);
            inFlight.add(probe);
        }
        return probe;
    }

    /**
     * The candidate in flight was accepted, at that u64 raw quality: all that is not better is retained or dropped.
     *
     * @param candidate one that {@link #takeNext} gave
     * @param rawQuality u64, the worse of the claim and the upstream's own figure
     */
    public void confirm(Candidate candidate, long rawQuality) {
        land(candidate);
        candidate.confirmedAt(rawQuality);
        move(candidate, Fate.CONFIRMED);
        confirmations.add(candidate);
        dropBeaten();
        promote();
    }

    private void dropBeaten() {
        Predicate<Candidate> beaten = candidate -> !confirmations.areBeatenBy(candidate);
        takeOut(beaten).forEach(this::letGo);
        Candidate best = confirmations.best();
        if (best != null) {
            retained.dropSurplus(best).forEach(this::drop);
        }
    }

    /** Removes what waits, the best first. */
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
        for (List<Candidate> places : List.of(runnersUp, parked)) {
            places.stream().filter(which).forEach(out::add);
            places.removeIf(which);
        }
        out.sort(rank);
        return out;
    }

    /** What is not better than what is confirmed leaves, if it is not retained. */
    private void letGo(Candidate candidate) {
        if (retain(candidate)) {
            move(candidate, Fate.FILTERED);
        } else {
            if (candidate.fate() == Fate.PENDING) {
                move(candidate, Fate.SUPERSEDED);
            }
            drop(candidate);
        }
    }

    /** Returns whether it is kept now; what has to leave for it is dropped. */
    private boolean retain(Candidate candidate) {
        Candidate best = confirmations.best();
        if (!retains || best == null) {
            return false;
        }
        List<Candidate> out = retained.add(candidate, best);
        out.stream().filter(other -> other != candidate).forEach(this::drop);
        return !out.contains(candidate);
    }

    /**
     * The candidate in flight was rejected: the next best one is queued.
     *
     * @param candidate one that {@link #takeNext} gave
     */
    public void reject(Candidate candidate) {
        land(candidate);
        move(candidate, Fate.REJECTED);
        promote();
    }

    /**
     * A confirmed candidate was rejected when it was sent again: the confirmation does not count any more, and what was
     * retained competes again.
     *
     * @param candidate one that was confirmed
     */
    public void rejectConfirmed(Candidate candidate) {
        confirmations.remove(candidate);
        move(candidate, Fate.REJECTED);
        bringBackRetained();
        promote();
    }

    /**
     * A confirmed candidate was stale when it was sent again, while its round is current in another form: it waits for its
     * form, and what was retained competes again.
     *
     * @param candidate one that was confirmed
     */
    public void parkConfirmed(Candidate candidate) {
        confirmations.remove(candidate);
        park(candidate);
        bringBackRetained();
        promote();
    }

    /**
     * The upstream accepts no nonce of this account now: all of its candidates that wait are held, and so is this one.
     *
     * @param candidate one that {@link #takeNext} or {@link #takeHeld} gave, or that was confirmed and is being sent
     *     again
     */
    public void hold(Candidate candidate) {
        land(candidate);
        boolean wasConfirmed = confirmations.remove(candidate);
        if (confirmations.areBeatenBy(candidate)) {
            addHeld(candidate);
        } else {
            letGo(candidate);
        }
        if (wasConfirmed) {
            bringBackRetained();
        }
        holdAccount(candidate.submission().accountId());
    }

    /**
     * Holds all candidates of an account that wait.
     *
     * @param accountId 40 lower-case hex characters
     */
    public void holdAccount(String accountId) {
        takeOut(candidate -> candidate.submission().accountId().equals(accountId)).forEach(this::addHeld);
        promote();
    }

    /** Returns the candidate that had to leave for it, which may be the same, or null. */
    private @Nullable Candidate addHeld(Candidate candidate) {
        Candidate surplus = held.add(candidate);
        if (surplus != candidate) {
            move(candidate, Fate.PENDING);
        }
        if (surplus != null) {
            move(surplus, surplus.fate() == null ? Fate.FILTERED : Fate.SUPERSEDED);
            observer.dropped(surplus, held.best(surplus.submission().accountId()));
        }
        return surplus;
    }

    /**
     * The upstream accepts nonces of the account again: its held candidates compete again.
     *
     * @param accountId 40 lower-case hex characters
     */
    public void release(String accountId) {
        bringBack(held.removeAll(accountId));
        promote();
    }

    private void bringBackRetained() {
        List<Candidate> all = retained.removeAll();
        bringBack(all.stream().filter(confirmations::areBeatenBy).toList());
        Candidate best = confirmations.best();
        all.stream().filter(candidate -> !confirmations.areBeatenBy(candidate)).forEach(candidate -> {
            if (best == null || retained.add(candidate, best).contains(candidate)) {
                drop(candidate);
            }
        });
    }

    /** Those that waited compete again, the best first. */
    private void bringBack(List<Candidate> candidates) {
        for (Candidate candidate : candidates.stream().sorted(rank).toList()) {
            if (outranksAllAhead(candidate)) {
                enqueue(candidate);
            } else {
                if (candidate.fate() != Fate.FILTERED) {
                    move(candidate, Fate.SUPERSEDED);
                }
                addRunnerUp(candidate);
            }
        }
    }

    /**
     * The candidate in flight ended without a verdict: it is queued again, unless something better is.
     *
     * @param candidate one that {@link #takeNext} gave
     */
    public void requeue(Candidate candidate) {
        land(candidate);
        if (!confirmations.areBeatenBy(candidate)) {
            letGo(candidate);
        } else if (outranksAllAhead(candidate)) {
            enqueue(candidate);
        } else {
            move(candidate, Fate.SUPERSEDED);
            addRunnerUp(candidate);
        }
        promote();
    }

    /**
     * The candidate in flight is stale: it waits with its round, and holds nobody back. Call {@link #promote} to go on.
     *
     * @param candidate one that {@link #takeNext} gave
     */
    public void park(Candidate candidate) {
        land(candidate);
        if (!confirmations.areBeatenBy(candidate)) {
            letGo(candidate);
            return;
        }
        move(candidate, Fate.STALE);
        parked.add(candidate);
        if (parked.size() > MAX_RUNNERS_UP) {
            Candidate worst = parked.stream().max(rank).orElseThrow();
            parked.remove(worst);
            drop(worst);
        }
    }

    /**
     * Those of the parked candidates that may be tried again compete again.
     *
     * @param which tells of each parked candidate whether it may be tried again
     */
    public void unpark(Predicate<Candidate> which) {
        List<Candidate> back = parked.stream().filter(which).toList();
        parked.removeAll(back);
        bringBack(back);
        promote();
    }

    /**
     * The candidate in flight has used up its attempts: the next best one is queued.
     *
     * @param candidate one that {@link #takeNext} gave
     */
    public void giveUp(Candidate candidate) {
        land(candidate);
        move(candidate, Fate.EXPIRED);
        promote();
    }

    /** Queues the best runner-up where it outranks all that is ahead of it. Asked again whenever a standing changed. */
    public void promote() {
        Candidate best = runnersUp.stream().min(turn).orElse(null);
        if (best != null && outranksAllAhead(best)) {
            runnersUp.remove(best);
            enqueue(best);
        }
    }

    /** The round is over: what was pending expires, what was stale stays so, the rest is dropped. Those in flight go on. */
    public void close() {
        Consumer<Candidate> expire = candidate -> move(candidate, Fate.EXPIRED);
        if (queued != null) {
            expire.accept(queued);
            queued = null;
        }
        held.all().forEach(candidate -> {
            held.remove(candidate);
            expire.accept(candidate);
        });
        takeOut(candidate -> true).forEach(this::drop);
        retained.removeAll().forEach(this::drop);
    }

    /** The candidate's attempt ended: those that let others go before have their turn again. */
    private void land(Candidate candidate) {
        inFlight.remove(candidate);
        candidate.probe(false);
        Stream.concat(Stream.ofNullable(queued), runnersUp.stream())
                .filter(other -> other != candidate)
                .forEach(Candidate::takeTurn);
    }

    private void enqueue(Candidate candidate) {
        Candidate displaced = queued;
        queued = candidate;
        move(candidate, Fate.PENDING);
        if (displaced != null) {
            move(displaced, Fate.SUPERSEDED);
            addRunnerUp(displaced);
        }
    }

    private boolean outranksAllAhead(Candidate candidate) {
        if (queued != null && turn.compare(candidate, queued) >= 0) {
            return false;
        }
        for (Candidate sent : inFlight) {
            if (!sent.isProbe() && turn.compare(candidate, sent) >= 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether this is another claim for a proof that the ladder holds two claims of already, and not better than the later of
     * them. Where it is better, that one makes place for it.
     */
    private boolean isSurplusClaim(Candidate candidate) {
        List<Candidate> claims =
                Stream.of(Stream.ofNullable(queued), inFlight.stream(), runnersUp.stream(), parked.stream())
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
            move(later, Fate.SUPERSEDED);
            drop(later);
        }
        return false;
    }

    /** Adds a runner-up; the one that has to make place for it (it may be the same) is dropped and returned. */
    private @Nullable Candidate addRunnerUp(Candidate candidate) {
        runnersUp.add(candidate);
        if (runnersUp.size() <= MAX_RUNNERS_UP) {
            return null;
        }
        Candidate victim = new Crowding(runnersUp, standing, rank).victim();
        runnersUp.remove(victim);
        drop(victim);
        return victim;
    }

    private void drop(Candidate candidate) {
        observer.dropped(candidate, null);
    }

    private void move(Candidate candidate, Fate after) {
        Fate before = candidate.fate();
        if (before != after) {
            candidate.fate(after);
            observer.moved(candidate, before, after);
        }
    }
}
