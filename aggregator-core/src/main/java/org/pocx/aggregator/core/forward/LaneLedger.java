package org.pocx.aggregator.core.forward;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.event.NonceEvent;
import org.pocx.aggregator.core.filter.Candidate;
import org.pocx.aggregator.core.filter.LadderObserver;
import org.pocx.aggregator.core.store.StoreChange;
import org.pocx.aggregator.core.store.StoreChange.OutboxEntry;
import org.pocx.aggregator.core.store.Verdict;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/**
 * Writes down what a lane's ladder decides: to the outbox, to the listener, and to the miner who waits for a receipt. Not
 * thread-safe: its {@link Lane} guards it.
 */
final class LaneLedger implements LadderObserver {
    private final LaneContext context;

    /** The upstream's message that brings about the ladder's next decisions, with its error code. */
    private String words = "";

    private long code;
    private boolean badProof;
    private final List<StoreChange> removals = new ArrayList<>(0);

    LaneLedger(LaneContext context) {
        this.context = context;
    }

    /** The next decisions come from us. */
    void reason(String why) {
        reason(why, 0);
    }

    /** The next decisions come from an answer of the upstream. */
    void reason(String upstreamWords, long errorCode) {
        words = upstreamWords;
        code = errorCode;
        badProof = false;
    }

    /** The next decisions come from a rejection. */
    void reason(SubmitOutcome.Rejected rejected) {
        reason(rejected.message(), rejected.code());
        badProof = rejected.fault() == SubmitOutcome.Rejected.Fault.PROOF;
    }

    /** The next decisions come from a confirmation at that u64 raw quality. */
    void confirmedAt(long rawQuality, long claim) {
        reason(rawQuality == claim
                ? ""
                : "claimed " + Long.toUnsignedString(claim) + ", confirmed " + Long.toUnsignedString(rawQuality));
    }

    void received(Candidate candidate) {
        context.listener().received(event(candidate, null, Fate.FILTERED));
    }

    void forwarded(Candidate candidate) {
        reason("");
        context.listener().forwarded(event(candidate, Fate.PENDING, Fate.PENDING));
    }

    void resent(Candidate candidate, String cause) {
        reason(cause);
        context.listener().resent(event(candidate, Fate.CONFIRMED, Fate.CONFIRMED));
    }

    void delayed(Candidate candidate, UpstreamTrouble trouble) {
        Fate fate = candidate.fate() == Fate.CONFIRMED ? Fate.CONFIRMED : Fate.PENDING;
        context.listener().delayed(event(candidate, fate, fate), trouble);
    }

    void suspected(Candidate candidate) {
        context.listener().suspected(candidate.miner(), words);
    }

    /** Puts the candidate into the outbox; its miner may have a receipt once it is durable there. */
    void store(Candidate candidate) {
        candidate.markStored();
        OutboxEntry entry = new OutboxEntry(candidate.submission(), candidate.miner(), candidate.receivedAt());
        context.writer().write(new StoreChange.OutboxPut(entry), candidate::becomeAnswerable);
    }

    @Override
    public void moved(Candidate candidate, @Nullable Fate before, Fate after) {
        NonceEvent event = event(candidate, before, after);
        switch (after) {
            case FILTERED, REFUSED -> context.listener().filtered(event);
            case PENDING -> context.listener().queued(event);
            case SUPERSEDED -> context.listener().superseded(event);
            case STALE -> {
                if (context.writer().problem().isPresent()) {
                    candidate.becomeAnswerable(); // the best verdict that there is; else the outbox will tell soon
                }
                context.listener().stale(event);
            }
            case CONFIRMED -> {
                end(candidate, Verdict.Outcome.CONFIRMED, event);
                context.listener().confirmed(event);
            }
            case REJECTED -> {
                end(candidate, Verdict.Outcome.REJECTED, event);
                context.listener().rejected(event);
            }
            case EXPIRED -> {
                end(candidate, Verdict.Outcome.EXPIRED, event);
                context.listener().expired(event);
            }
        }
    }

    private void end(Candidate candidate, Verdict.Outcome outcome, NonceEvent event) {
        if (candidate.stored()) {
            context.writer()
                    .write(new StoreChange.VerdictGiven(new Verdict(
                            candidate.submission(),
                            candidate.miner(),
                            outcome,
                            event.confirmedRawQuality(),
                            code,
                            words,
                            candidate.receivedAt(),
                            context.clock().instant())));
        }
        candidate.becomeAnswerable();
    }

    @Override
    public void dropped(Candidate candidate, @Nullable Candidate behind) {
        if (candidate.stored()) {
            removals.add(new StoreChange.OutboxRemoved(candidate.submission().blockHash(), candidate.nonceId()));
        }
        if (behind == null) {
            candidate.becomeAnswerable();
        } else {
            candidate.answerWith(behind);
        }
    }

    /** Writes that dropped candidates leave the outbox: after what takes their places was written. */
    void flush() {
        removals.forEach(context.writer()::write);
        removals.clear();
    }

    private NonceEvent event(Candidate candidate, @Nullable Fate before, Fate after) {
        long since = context.scheduler().nanoTime() - candidate.receivedNanos();
        return new NonceEvent(
                candidate.submission(),
                candidate.miner(),
                before,
                after,
                before == Fate.CONFIRMED || after == Fate.CONFIRMED
                        ? candidate.confirmedRawQuality()
                        : candidate.rawQuality(),
                words,
                candidate.receivedAt(),
                Duration.ofNanos(Math.max(0, since)),
                after == Fate.REJECTED && badProof);
    }
}
