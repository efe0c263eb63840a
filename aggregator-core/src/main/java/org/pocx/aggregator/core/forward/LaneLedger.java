package org.pocx.aggregator.core.forward;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.event.NonceEvent;
import org.pocx.aggregator.core.filter.Candidate;
import org.pocx.aggregator.core.filter.LadderObserver;
import org.pocx.aggregator.core.store.StoreChange;
import org.pocx.aggregator.core.store.StoreChange.OutboxEntry;
import org.pocx.aggregator.core.store.Verdict;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/**
 * Writes down what a lane's ladder decides: to the outbox, to the listener, and to the miner who waits for a receipt. Not
 * thread-safe: its {@link Lane} guards it.
 */
final class LaneLedger implements LadderObserver {
    private final LaneContext context;
    private final RefusedAccounts refusedAccounts;

    /** The upstream's words that bring about the ladder's next decisions, with their error code and quality. */
    private String words = "";

    private long code;
    private long confirmedRawQuality;

    LaneLedger(LaneContext context, RefusedAccounts refusedAccounts) {
        this.context = context;
        this.refusedAccounts = refusedAccounts;
    }

    /** The next decisions come from us. */
    void reason(String why) {
        reason(why, 0);
    }

    /** The next decisions come from an answer of the upstream. */
    void reason(String upstreamWords, long errorCode) {
        words = upstreamWords;
        code = errorCode;
    }

    /** The next confirmation is at that u64 raw quality. */
    void confirmedAt(long rawQuality, long claim) {
        confirmedRawQuality = rawQuality;
        reason(rawQuality == claim ? "" : "the upstream's raw quality is " + Long.toUnsignedString(rawQuality));
    }

    void received(Candidate candidate) {
        context.listener().received(event(candidate, null, Fate.FILTERED));
    }

    void forwarded(Candidate candidate) {
        reason("");
        context.listener().forwarded(event(candidate, Fate.PENDING, Fate.PENDING));
    }

    void delayed(Candidate candidate, UpstreamTrouble trouble) {
        context.listener().delayed(event(candidate, Fate.PENDING, Fate.PENDING), trouble);
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
                end(candidate, rejection(candidate), event);
                context.listener().rejected(event);
            }
            case EXPIRED -> {
                end(candidate, Verdict.Outcome.EXPIRED, event);
                context.listener().expired(event);
            }
        }
    }

    private Verdict.Outcome rejection(Candidate candidate) {
        return refusedAccounts.words(candidate.submission().accountId()) == null
                ? Verdict.Outcome.REJECTED
                : Verdict.Outcome.ACCOUNT_REFUSED;
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
    public void dropped(Candidate candidate) {
        if (candidate.stored()) {
            context.writer()
                    .write(new StoreChange.OutboxRemoved(candidate.submission().blockHash(), candidate.nonceId()));
        }
        candidate.becomeAnswerable();
    }

    private NonceEvent event(Candidate candidate, @Nullable Fate before, Fate after) {
        long since = context.scheduler().nanoTime() - candidate.receivedNanos();
        return new NonceEvent(
                candidate.submission(),
                candidate.miner(),
                before,
                after,
                after == Fate.CONFIRMED ? confirmedRawQuality : candidate.rawQuality(),
                words,
                candidate.receivedAt(),
                Duration.ofNanos(Math.max(0, since)));
    }
}
