package org.pocx.aggregator.statistics.record;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.AggregatorEvent.Delayed;
import org.pocx.aggregator.core.event.AggregatorEvent.FateChanged;
import org.pocx.aggregator.core.event.AggregatorEvent.Held;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.PocTime;
import org.pocx.aggregator.core.store.Verdict;
import org.pocx.aggregator.statistics.history.RoundProgress;
import org.pocx.aggregator.statistics.history.RoundRecord;
import org.pocx.aggregator.statistics.history.WorkCounts;
import org.pocx.aggregator.statistics.record.RoundBestNonces.RankedNonce;

/** One round whose nonces may still change. Thread-safe: its parts are thread-safe, and single values are volatile. */
final class RoundTally {
    private final PocTime pocTime;
    private final RunningAttempts attempts;
    private final FateCounters counters = new FateCounters();
    private final RoundBestNonces bestNonces = new RoundBestNonces();

    /** The record of this round from before the restart, if there is one. */
    private final @Nullable RoundRecord earlier;

    private final Instant begunAt;
    private volatile MiningInfo info;
    private volatile Instant until;
    private volatile double capacityTib = Double.NaN;
    private volatile int activeMachines;
    private volatile RoundProgress.Rejection lastRejection = RoundProgress.Rejection.NONE;

    RoundTally(MiningInfo info, Instant now, @Nullable RoundRecord earlier, PocTime pocTime, RunningAttempts attempts) {
        this.info = info;
        this.begunAt = earlier == null ? now : earlier.begunAt();
        this.until = earlier == null ? now : earlier.until();
        this.earlier = earlier;
        this.pocTime = pocTime;
        this.attempts = attempts;
        if (earlier != null) {
            capacityTib = earlier.capacityTib();
            activeMachines = earlier.activeMachines();
        }
    }

    String blockHash() {
        return info.blockHash();
    }

    Instant begunAt() {
        return begunAt;
    }

    /** The round was announced again with other values. */
    void announced(MiningInfo again) {
        info = again;
    }

    /** Records that the round was current at this time. */
    void currentAt(Instant now) {
        until = now;
    }

    /** Whether the round was last known to be current at or before that time. */
    boolean isOlderThan(Instant time) {
        return !until.isAfter(time);
    }

    void measured(double farmTib, int machines) {
        capacityTib = farmTib;
        activeMachines = machines;
    }

    /** Handles a changed state of a nonce. Returns true if it will be sent and is better than all earlier ones. */
    boolean moved(FateChanged event) {
        counters.move(event);
        if (event.after() == Fate.REJECTED) {
            lastRejection = new RoundProgress.Rejection(
                    event.nonce().miner().id(),
                    event.nonce().submission().accountId(),
                    event.message());
        }
        return bestNonces.note(event) && isBetterThanEarlier(event);
    }

    /** Records why a nonce of this round waits. */
    void delayed(Delayed event) {
        bestNonces.note(event);
    }

    /** Records that the upstream has a nonce of this round and no verdict on it. */
    void held(Held event) {
        bestNonces.note(event);
    }

    private boolean isBetterThanEarlier(FateChanged event) {
        return earlier == null
                || earlier.best().isEmpty()
                || Long.compareUnsigned(
                        event.confirmedRawQuality(), earlier.best().get().rawQuality()) < 0;
    }

    WorkCounts counts() {
        return earlier == null ? counters.counts() : counters.counts().plus(earlier.counts());
    }

    RoundProgress progress() {
        return new RoundProgress(
                info.blockHash(), info.height(), begunAt, counts(), best(), lastRejection);
    }

    private Optional<RoundProgress.Best> best() {
        Optional<RoundProgress.Best> ours = bestNonces.best().map(this::best);
        Optional<RoundProgress.Best> theirs =
                earlier == null ? Optional.empty() : earlier.best().map(RoundTally::restored);
        if (ours.isEmpty() || theirs.isEmpty()) {
            return ours.or(() -> theirs);
        }
        boolean newer = Long.compareUnsigned(
                ours.get().rawQuality(), theirs.get().rawQuality()) <= 0;
        return newer ? ours : theirs;
    }

    private RoundProgress.Best best(RankedNonce ranked) {
        boolean inFlight = ranked.fate() == Fate.PENDING && attempts.isRunning(info.blockHash(), ranked.nonce());
        return new RoundProgress.Best(
                ranked.rawQuality(),
                pocTime.seconds(ranked.rawQuality(), info.baseTarget()),
                ranked.accountId(),
                ranked.machine(),
                ranked.fate(),
                inFlight,
                ranked.words());
    }

    private static RoundProgress.Best restored(RoundRecord.Best best) {
        return new RoundProgress.Best(
                best.rawQuality(), best.pocTime(), best.accountId(), best.machine(), fate(best.outcome()), false, "");
    }

    private static Fate fate(Verdict.@Nullable Outcome outcome) {
        return switch (outcome) {
            case CONFIRMED -> Fate.CONFIRMED;
            case TAKEN_OVER -> Fate.TAKEN_OVER;
            case STALE -> Fate.STALE;
            case EXPIRED -> Fate.EXPIRED;
            case REJECTED, ACCOUNT_REFUSED -> Fate.REJECTED;
            case null -> Fate.PENDING;
        };
    }

    RoundRecord record() {
        return new RoundRecord(
                info.blockHash(),
                info.height(),
                info.baseTarget(),
                begunAt,
                until,
                best().map(best -> new RoundRecord.Best(
                        best.rawQuality(), best.pocTime(), best.accountId(), best.machine(), outcome(best.fate()))),
                counts(),
                capacityTib,
                activeMachines);
    }

    private static Verdict.@Nullable Outcome outcome(Fate fate) {
        return switch (fate) {
            case CONFIRMED -> Verdict.Outcome.CONFIRMED;
            case TAKEN_OVER -> Verdict.Outcome.TAKEN_OVER;
            case REJECTED -> Verdict.Outcome.REJECTED;
            case STALE -> Verdict.Outcome.STALE;
            case EXPIRED -> Verdict.Outcome.EXPIRED;
            case REFUSED, FILTERED, SUPERSEDED, PENDING -> null;
        };
    }
}
