package org.pocx.aggregator.core.forward;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.AggregatorEvent.FateChanged;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.filter.Candidate;
import org.pocx.aggregator.core.filter.LadderObserver;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.store.StoreChange;
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

    void forwarded(Candidate candidate) {
        reason("");
        context.listener().on(new AggregatorEvent.Forwarded(nonce(candidate), Optional.empty()));
    }

    void resent(Candidate candidate, String cause) {
        context.listener().on(new AggregatorEvent.Forwarded(nonce(candidate), Optional.of(cause)));
    }

    void delayed(Candidate candidate, UpstreamTrouble trouble) {
        context.listener()
                .on(new AggregatorEvent.Delayed(nonce(candidate), trouble, candidate.fate() == Fate.CONFIRMED));
    }

    void suspected(Candidate candidate) {
        context.listener().on(new AggregatorEvent.MachineSuspected(candidate.miner(), words));
    }

    /** Puts the candidate into the outbox; its miner may have a receipt once it is durable there. */
    void store(Candidate candidate) {
        candidate.markStored();
        context.writer().write(new StoreChange.OutboxPut(nonce(candidate)), candidate::becomeAnswerable);
    }

    @Override
    public void moved(Candidate candidate, @Nullable Fate before, Fate after) {
        FateChanged event = event(candidate, before, after);
        switch (after) {
            case REFUSED, FILTERED, PENDING, SUPERSEDED -> {}
            case STALE -> {
                if (context.writer().problem().isPresent()) {
                    candidate.becomeAnswerable(); // the best verdict that there is; else the outbox will tell soon
                }
            }
            case CONFIRMED -> end(candidate, Verdict.Outcome.CONFIRMED, event);
            case REJECTED -> end(candidate, Verdict.Outcome.REJECTED, event);
            case EXPIRED -> end(candidate, Verdict.Outcome.EXPIRED, event);
        }
        context.listener().on(event);
    }

    private void end(Candidate candidate, Verdict.Outcome outcome, FateChanged event) {
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

    private FateChanged event(Candidate candidate, @Nullable Fate before, Fate after) {
        long since = context.scheduler().nanoTime() - candidate.receivedNanos();
        return new FateChanged(
                nonce(candidate),
                before,
                after,
                before == Fate.CONFIRMED || after == Fate.CONFIRMED
                        ? candidate.confirmedRawQuality()
                        : candidate.rawQuality(),
                words,
                Duration.ofNanos(Math.max(0, since)),
                after == Fate.REJECTED && badProof);
    }

    private static ReceivedNonce nonce(Candidate candidate) {
        return new ReceivedNonce(candidate.submission(), candidate.miner(), candidate.receivedAt());
    }
}
