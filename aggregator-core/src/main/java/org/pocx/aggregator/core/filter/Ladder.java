package org.pocx.aggregator.core.filter;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.NonceId;

/**
 * The candidates of one round and key, in the order in which the upstream should see them. Nothing is settled before
 * the upstream confirms it: behind the best candidate wait runners-up, and each verdict may send the next one up.
 *
 * <pre>
 * offer ──► queued ──► in flight ──► confirmed | rejected | parked (stale)
 *   │          ▲  ◄──────┘ requeue        │
 *   ▼          │ promote                  ▼
 *  runners-up ─┘                 those not better than it are dropped
 * </pre>
 *
 * <p>A candidate of a suspect machine ranks behind all others, whatever it claims; among equals in that, the lower
 * claimed raw quality wins, then the one that came first. Not thread-safe: its owner guards it with a lock.
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
    private final Comparator<Candidate> rank;

    private OptionalLong confirmed = OptionalLong.empty();
    private @Nullable Candidate queued;
    private final List<Candidate> inFlight = new ArrayList<>(1);
    private final List<Candidate> parked = new ArrayList<>(0);
    private final List<Candidate> runnersUp = new ArrayList<>(0);

    /**
     * An empty ladder, with nothing confirmed.
     *
     * @param standing who keeps places and who ranks last, asked whenever an order is to be found
     * @param observer told under the lock that guards this ladder
     */
    public Ladder(Standing standing, LadderObserver observer) {
        this.standing = standing;
        this.observer = observer;
        this.rank = Comparator.comparing((Candidate c) -> standing.isSuspect(c.miner().address()))
                .thenComparing(Candidate::rawQuality, Long::compareUnsigned)
                .thenComparing(Candidate::receivedNanos, (a, b) -> Long.signum(a - b));
    }

    /** {@return the u64 raw quality that the upstream has confirmed, if any} */
    public OptionalLong confirmed() {
        return confirmed;
    }

    /** {@return the candidate to be sent next, or null} */
    public @Nullable Candidate queued() {
        return queued;
    }

    /** {@return how many candidates are being sent} */
    public int inFlightCount() {
        return inFlight.size();
    }

    /** {@return true when stale candidates wait to be tried again} */
    public boolean hasParked() {
        return !parked.isEmpty();
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
        for (List<Candidate> places : List.of(inFlight, runnersUp, parked)) {
            for (Candidate candidate : places) {
                if (candidate.nonceId().equals(nonceId)) {
                    return candidate;
                }
            }
        }
        return null;
    }

    /**
     * Takes note of what was confirmed before a restart.
     *
     * @param rawQuality u64; the upstream is sent only what is strictly below it
     */
    public void restoreConfirmed(long rawQuality) {
        confirm(rawQuality);
    }

    /**
     * Takes a candidate that the ladder does not hold. It is queued when it outranks all that is queued or in flight
     * and is better than what is confirmed; else it is a runner-up, or it is not kept.
     *
     * @param candidate of this round and key, without a fate yet
     * @return true when the ladder holds it now
     */
    public boolean offer(Candidate candidate) {
        if (!beatsConfirmed(candidate)) {
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
     * {@return whether a candidate ahead claims no worse, and is past its receipt: it would outlive the end of the
     * process}
     *
     * @param candidate one that competes here, on the ladder or not
     */
    public boolean isCovered(Candidate candidate) {
        return (queued != null && covers(queued, candidate))
                || inFlight.stream().anyMatch(sent -> covers(sent, candidate));
    }

    private static boolean covers(Candidate ahead, Candidate candidate) {
        return Long.compareUnsigned(ahead.rawQuality(), candidate.rawQuality()) <= 0
                && ahead.answerable().isDone();
    }

    /** {@return the queued candidate, now in flight; null when there is none or as many as allowed are in flight} */
    public @Nullable Candidate takeNext() {
        Candidate next = queued;
        if (next == null || inFlight.size() >= MAX_IN_FLIGHT) {
            return null;
        }
        queued = null;
        inFlight.add(next);
        return next;
    }

    /**
     * The candidate in flight was accepted, at that u64 raw quality: all that is not better is dropped.
     *
     * @param candidate one that {@link #takeNext} gave
     * @param rawQuality u64, the worse of the claim and the upstream's own figure
     */
    public void confirm(Candidate candidate, long rawQuality) {
        inFlight.remove(candidate);
        move(candidate, Fate.CONFIRMED);
        confirm(rawQuality);
    }

    private void confirm(long rawQuality) {
        if (confirmed.isEmpty() || Long.compareUnsigned(rawQuality, confirmed.getAsLong()) < 0) {
            confirmed = OptionalLong.of(rawQuality);
        }
        if (queued != null && !beatsConfirmed(queued)) {
            Candidate late = queued;
            queued = null;
            move(late, Fate.SUPERSEDED);
            observer.dropped(late);
        }
        dropFrom(runnersUp, candidate -> !beatsConfirmed(candidate));
        dropFrom(parked, candidate -> !beatsConfirmed(candidate));
        promote();
    }

    private void dropFrom(List<Candidate> places, Predicate<Candidate> which) {
        List<Candidate> out = places.stream().filter(which).toList();
        places.removeAll(out);
        out.forEach(observer::dropped);
    }

    /**
     * The candidate in flight was rejected: the next best one is queued.
     *
     * @param candidate one that {@link #takeNext} gave
     */
    public void reject(Candidate candidate) {
        inFlight.remove(candidate);
        move(candidate, Fate.REJECTED);
        promote();
    }

    /**
     * No candidate of that account has a chance: all but those in flight end as rejected.
     *
     * @param accountId 40 lower-case hex characters
     */
    public void rejectAccount(String accountId) {
        Predicate<Candidate> ofAccount =
                candidate -> candidate.submission().accountId().equals(accountId);
        List<Candidate> out = new ArrayList<>();
        if (queued != null && ofAccount.test(queued)) {
            out.add(queued);
            queued = null;
        }
        for (List<Candidate> places : List.of(runnersUp, parked)) {
            places.stream().filter(ofAccount).forEach(out::add);
            places.removeIf(ofAccount);
        }
        out.forEach(candidate -> move(candidate, Fate.REJECTED));
        promote();
    }

    /**
     * A candidate of an account without a chance ends as rejected before it was kept.
     *
     * @param candidate one that this ladder has not taken
     */
    public void refuse(Candidate candidate) {
        move(candidate, Fate.REJECTED);
    }

    /**
     * The candidate in flight ended without a verdict: it is queued again, unless something better is.
     *
     * @param candidate one that {@link #takeNext} gave
     */
    public void requeue(Candidate candidate) {
        inFlight.remove(candidate);
        if (!beatsConfirmed(candidate)) {
            move(candidate, Fate.SUPERSEDED);
            observer.dropped(candidate);
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
        inFlight.remove(candidate);
        if (!beatsConfirmed(candidate)) {
            move(candidate, Fate.SUPERSEDED);
            observer.dropped(candidate);
            return;
        }
        move(candidate, Fate.STALE);
        parked.add(candidate);
        if (parked.size() > MAX_RUNNERS_UP) {
            Candidate worst = parked.stream().max(rank).orElseThrow();
            parked.remove(worst);
            observer.dropped(worst);
        }
    }

    /**
     * Those of the parked candidates that may be tried again compete again.
     *
     * @param which tells of each parked candidate whether it may be tried again
     */
    public void unpark(Predicate<Candidate> which) {
        List<Candidate> back = parked.stream().filter(which).sorted(rank).toList();
        parked.removeAll(back);
        for (Candidate candidate : back) {
            if (outranksAllAhead(candidate)) {
                enqueue(candidate);
            } else {
                move(candidate, Fate.SUPERSEDED);
                addRunnerUp(candidate);
            }
        }
        promote();
    }

    /**
     * The candidate in flight has used up its attempts: the next best one is queued.
     *
     * @param candidate one that {@link #takeNext} gave
     */
    public void giveUp(Candidate candidate) {
        inFlight.remove(candidate);
        move(candidate, Fate.EXPIRED);
        promote();
    }

    /** Queues the best runner-up where it outranks all that is ahead of it. Asked again whenever a standing changed. */
    public void promote() {
        Candidate best = runnersUp.stream().min(rank).orElse(null);
        if (best != null && outranksAllAhead(best)) {
            runnersUp.remove(best);
            enqueue(best);
        }
    }

    /** The round is over: what was pending expires, what was stale stays so, the rest is dropped. Those in flight go on. */
    public void close() {
        if (queued != null) {
            move(queued, Fate.EXPIRED);
            queued = null;
        }
        dropFrom(runnersUp, candidate -> true);
        dropFrom(parked, candidate -> true);
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

    private boolean beatsConfirmed(Candidate candidate) {
        return confirmed.isEmpty() || Long.compareUnsigned(candidate.rawQuality(), confirmed.getAsLong()) < 0;
    }

    private boolean outranksAllAhead(Candidate candidate) {
        if (queued != null && rank.compare(candidate, queued) >= 0) {
            return false;
        }
        for (Candidate sent : inFlight) {
            if (rank.compare(candidate, sent) >= 0) {
                return false;
            }
        }
        return true;
    }

    /** Adds a runner-up; the one that has to make place for it (it may be the same) is dropped and returned. */
    private @Nullable Candidate addRunnerUp(Candidate candidate) {
        runnersUp.add(candidate);
        if (runnersUp.size() <= MAX_RUNNERS_UP) {
            return null;
        }
        Candidate victim = new Crowding(runnersUp, standing, rank).victim();
        runnersUp.remove(victim);
        observer.dropped(victim);
        return victim;
    }

    private void move(Candidate candidate, Fate after) {
        Fate before = candidate.fate();
        if (before != after) {
            candidate.fate(after);
            observer.moved(candidate, before, after);
        }
    }
}
