package org.pocx.aggregator.core.forward;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.store.StoreChange;
import org.pocx.aggregator.core.store.StoredFarm;
import org.pocx.aggregator.core.store.StoredFarm.StoredStanding.Decision;
import org.pocx.aggregator.core.store.Verdict;
import org.pocx.aggregator.core.store.Verdict.Outcome;
import org.pocx.aggregator.core.upstream.UpstreamMessage;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/**
 * One event of a {@link Lane}: the facts, the reason, and the effects so far. It turns what happens to candidates into store
 * changes, published events and receipts. Used by one thread, for one event.
 */
final class LaneStep {
    private final LaneFacts facts;
    private final Reason reason;
    private final List<LaneEffect> effects;
    private final List<StoreChange> removals;
    private final List<Candidate> decided;

    private LaneStep(
            LaneFacts facts,
            Reason reason,
            List<LaneEffect> effects,
            List<StoreChange> removals,
            List<Candidate> decided) {
        this.facts = facts;
        this.reason = reason;
        this.effects = effects;
        this.removals = removals;
        this.decided = decided;
    }

    /** Begins an event that has no reason of its own. */
    LaneStep(LaneFacts facts) {
        this(facts, Reason.NONE, new ArrayList<>(), new ArrayList<>(0), new ArrayList<>(0));
    }

    /** The same event; what is done with the returned step has that reason. */
    LaneStep because(Reason why) {
        return new LaneStep(facts, why, effects, removals, decided);
    }

    /** What is to be done, in this order. */
    List<LaneEffect> effects() {
        return effects;
    }

    LaneFacts facts() {
        return facts;
    }

    /** The candidates whose fates are to be remembered when they have left the lane. */
    List<Candidate> decided() {
        return decided;
    }

    /** Why the fates change. */
    Reason reason() {
        return reason;
    }

    void add(LaneEffect effect) {
        effects.add(effect);
    }

    void forwarded(Candidate candidate) {
        publish(new AggregatorEvent.Forwarded(candidate.nonce(), Optional.empty()));
    }

    void forwardedAgain(Candidate candidate, String cause) {
        publish(new AggregatorEvent.Forwarded(candidate.nonce(), Optional.of(cause)));
    }

    void delayed(Candidate candidate, UpstreamTrouble trouble) {
        publish(new AggregatorEvent.Delayed(candidate.nonce(), trouble, isAccepted(candidate)));
    }

    /** Whether an upstream took the candidate. */
    static boolean isAccepted(Candidate candidate) {
        Fate fate = candidate.fate();
        return fate != null && fate.isAccepted();
    }

    /** The upstream holds the candidate and has no verdict yet. */
    void held(Candidate candidate) {
        publish(new AggregatorEvent.Held(candidate.nonce(), reason.message()));
    }

    /** The candidate goes into the outbox. */
    void store(Candidate candidate) {
        candidate.markStored();
        add(new LaneEffect.StoreForReceipt(candidate));
    }

    void giveReceipt(Candidate candidate) {
        add(new LaneEffect.GiveReceipt(candidate));
    }

    /** Changes the candidate's fate. */
    void move(Candidate candidate, Fate after) {
        Fate before = candidate.fate();
        if (before == after || candidate.isConfirmedElsewhere(facts.upstream())) {
            return; // it counts as confirmed, whatever becomes of it at this upstream
        }
        moveFor(candidate, before, after, facts.upstream());
    }

    private void moveFor(Candidate candidate, @Nullable Fate before, Fate after, String upstream) {
        candidate.fate(after);
        if (isDecision(before) || isDecision(after)) {
            candidate.rejectedBecause(after == Fate.REJECTED ? reason.message() : UpstreamMessage.NONE);
            decided.add(candidate);
        }
        switch (after) {
            case REFUSED, FILTERED, PENDING, SUPERSEDED -> publish(fateChanged(candidate, before, after));
            case STALE -> {
                publish(fateChanged(candidate, before, after));
                add(new LaneEffect.GiveReceiptWithoutStore(candidate));
            }
            case CONFIRMED -> end(candidate, Outcome.CONFIRMED, fateChanged(candidate, before, after), upstream);
            case TAKEN_OVER -> end(candidate, Outcome.TAKEN_OVER, fateChanged(candidate, before, after), upstream);
            case REJECTED -> end(candidate, Outcome.REJECTED, fateChanged(candidate, before, after), upstream);
            case EXPIRED -> end(candidate, Outcome.EXPIRED, fateChanged(candidate, before, after), upstream);
        }
    }

    private static boolean isDecision(@Nullable Fate fate) {
        return fate != null && (fate.isAccepted() || fate == Fate.REJECTED || fate == Fate.EXPIRED);
    }

    /**
     * An upstream confirmed the candidate, or took it over; one that is confirmed stays so.
     *
     * @param rawQuality u64, the worse of the claim and the upstream's own figure
     */
    void confirmed(Candidate candidate, long rawQuality, String upstream) {
        candidate.at(upstream).confirm(rawQuality);
        Fate after = reason.takenOver() ? Fate.TAKEN_OVER : Fate.CONFIRMED;
        if (candidate.fate() == Fate.CONFIRMED || candidate.fate() == after) {
            storeStanding(candidate, upstream);
        } else {
            candidate.confirmedAt(rawQuality);
            moveFor(candidate, candidate.fate(), after, upstream);
        }
    }

    /** An upstream has a nonce that is at least as good as the candidate. */
    void filtered(Candidate candidate, String upstream) {
        candidate.at(upstream).filter();
        storeStanding(candidate, upstream);
    }

    /** The active upstream rejected the candidate. */
    void rejected(Candidate candidate) {
        candidate.at(facts.upstream()).reject();
        if (candidate.isConfirmedElsewhere(facts.upstream())) {
            storeStanding(candidate, facts.upstream());
        } else {
            move(candidate, Fate.REJECTED);
        }
    }

    /** An upstream that is not active rejected the candidate: the active one may accept it. */
    void rejectedElsewhere(Candidate candidate, String upstream) {
        candidate.at(upstream).reject();
        storeStanding(candidate, upstream);
    }

    private void storeStanding(Candidate candidate, String upstream) {
        Standing standing = candidate.at(upstream);
        Decision decision = standing.decision();
        if (candidate.isStored() && decision != null) {
            add(new LaneEffect.Store(new StoreChange.StandingGiven(new StoredFarm.StoredStanding(
                    candidate.submission().blockHash(),
                    candidate.nonceId(),
                    upstream,
                    decision,
                    standing.rawQuality()))));
        }
    }

    private void end(
            Candidate candidate, Outcome outcome, AggregatorEvent.FateChanged event, String upstream) {
        if (candidate.isStored()) {
            Verdict verdict = new Verdict(
                    candidate.nonce(),
                    outcome,
                    event.confirmedRawQuality(),
                    reason.message(),
                    outcome == Outcome.REJECTED && reason.badProof(),
                    facts.time());
            add(new LaneEffect.StoreVerdict(new StoreChange.VerdictGiven(verdict, upstream), candidate));
            publish(event);
            add(new LaneEffect.GiveReceiptOfVerdict(candidate));
        } else {
            publish(event);
            giveReceipt(candidate);
        }
    }

    private AggregatorEvent.FateChanged fateChanged(Candidate candidate, @Nullable Fate before, Fate after) {
        boolean confirmed = after.isAccepted() || (before != null && before.isAccepted());
        return new AggregatorEvent.FateChanged(
                candidate.nonce(),
                before,
                after,
                confirmed ? candidate.confirmedRawQuality() : candidate.rawQuality(),
                reason.message().text(),
                Duration.ofNanos(Math.max(0, facts.now() - candidate.receivedNanos())),
                after == Fate.REJECTED && reason.badProof(),
                after == Fate.REJECTED && reason.unsent());
    }

    void publish(AggregatorEvent event) {
        add(new LaneEffect.Publish(event));
    }

    /** The candidate left the queue without a verdict: what is confirmed or ahead of it claims no worse, or it lost its place. */
    void drop(Candidate candidate) {
        remove(candidate);
        giveReceipt(candidate);
    }

    /**
     * The candidate left the queue without a verdict, for another that claims no worse. Until that one is durable, the end of the
     * process would cost both.
     */
    void dropFor(Candidate candidate, Candidate other) {
        remove(candidate);
        candidate.shareReceipt();
        add(new LaneEffect.GiveReceiptWith(candidate, other));
    }

    private void remove(Candidate candidate) {
        if (candidate.isRemembered() || candidate.fate() != Fate.FILTERED) {
            decided.add(candidate);
        }
        if (candidate.isStored()) {
            removals.add(new StoreChange.OutboxRemoved(candidate.submission().blockHash(), candidate.nonceId()));
        }
    }

    /** Has dropped candidates removed from the outbox: after what takes their places was written. */
    void storeRemovals() {
        removals.forEach(removal -> add(new LaneEffect.Store(removal)));
        removals.clear();
    }
}
