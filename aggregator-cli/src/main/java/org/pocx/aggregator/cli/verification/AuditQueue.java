package org.pocx.aggregator.cli.verification;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.mining.CoinbaseOutputs;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.ReceivedNonce;

/**
 * Collects the nonces to be checked, and decides which one is next: those that the upstream rejected or confirmed worse than
 * claimed, then those that were not sent; of the machine that was checked longest ago. After {@value #ACCUSED_IN_A_ROW} of
 * the former, one of the latter is next, so that a machine with many rejected nonces does not keep the others from being
 * checked.
 *
 * <p>Thread-safe: a concurrent map for the events; {@link #next} is called by one thread. Bounded: {@value #MAX_MACHINES}
 * machines. A machine without a waiting nonce is forgotten a day after its last check.
 */
final class AuditQueue implements AggregatorListener {
    static final int MAX_MACHINES = 20_000;
    static final int ACCUSED_IN_A_ROW = 3;

    private static final long DAY_NANOS = Duration.ofDays(1).toNanos();

    private final CompressionLimits limits = new CompressionLimits();
    private final Map<String, WaitingNonces> machines = new ConcurrentHashMap<>();
    private int accusedInARow;

    /** Whether something was added since the queue was found empty: spares the search through all machines. */
    private volatile boolean added;

    @Override
    public void on(AggregatorEvent event) {
        switch (event) {
            case AggregatorEvent.FateChanged changed -> fateChanged(changed);
            case AggregatorEvent.RoundChanged changed -> limits.announced(changed.info());
            case AggregatorEvent.Started started ->
                started.farm().openRounds().forEach(round -> limits.announced(round.announcements().getLast()));
            case AggregatorEvent.Stopped stopped -> {}
            case AggregatorEvent.MinerSeen seen -> {}
            case AggregatorEvent.Forwarded forwarded -> {}
            case AggregatorEvent.Delayed delayed -> {}
            case AggregatorEvent.Held held -> {}
            case AggregatorEvent.MachineSuspected suspected -> {}
            case AggregatorEvent.AccountAccepted accepted -> {}
            case AggregatorEvent.UpstreamDown down -> {}
            case AggregatorEvent.UpstreamUp up -> {}
            case AggregatorEvent.RequestsMisfit misfit -> {}
            case AggregatorEvent.Synchronising synchronising -> {}
            case AggregatorEvent.ClockChanged changed -> {}
            case AggregatorEvent.StoreDown down -> {}
            case AggregatorEvent.StoreUp up -> {}
            case AggregatorEvent.NonceRepeated repeated -> {}
            case AggregatorEvent.UpstreamSwitched switched -> {}
            case AggregatorEvent.UpstreamStateChanged changed -> {}
            case AggregatorEvent.StoreWritten written -> {}
        }
    }

    private void fateChanged(AggregatorEvent.FateChanged event) {
        switch (event.after()) {
            case REJECTED -> {
                if (!event.unsent()) { // else it was computed already
                    add(event.nonce(), true);
                }
            }
            case CONFIRMED -> {
                if (event.isOverClaim()) {
                    add(event.nonce(), true);
                }
            }
            case FILTERED, SUPERSEDED -> add(event.nonce(), false);
            case REFUSED, PENDING, TAKEN_OVER, STALE, EXPIRED -> {}
        }
    }

    private void add(ReceivedNonce nonce, boolean isAccused) {
        WaitingNonces waiting = limits.allow(nonce.submission()) ? waiting(nonce.miner().id()) : null;
        if (waiting == null) {
            return;
        }
        if (isAccused) {
            waiting.addAccused(withoutOutputs(nonce));
        } else if (!waiting.hasUnsent()) {
            waiting.addUnsent(withoutOutputs(nonce));
        }
        if (!added) {
            added = true;
        }
    }

    /** The proof does not depend on the coinbase outputs, which may be a hundred times as large as the rest. */
    private static ReceivedNonce withoutOutputs(ReceivedNonce nonce) {
        NonceSubmission submission = nonce.submission();
        return submission.coinbaseOutputs().isEmpty()
                ? nonce
                : new ReceivedNonce(
                        submission.toBuilder().coinbaseOutputs(CoinbaseOutputs.NONE).build(),
                        nonce.miner(),
                        nonce.receivedAt());
    }

    private @Nullable WaitingNonces waiting(String machine) {
        WaitingNonces waiting = machines.get(machine);
        return waiting != null || machines.size() >= MAX_MACHINES
                ? waiting
                : machines.computeIfAbsent(machine, id -> new WaitingNonces());
    }

    /** Takes the nonce to be checked now, if one waits. */
    Optional<ReceivedNonce> next(long now) {
        if (!added) {
            return Optional.empty();
        }
        added = false;
        Optional<ReceivedNonce> next = take(now);
        if (next.isPresent()) {
            added = true;
        } else {
            machines.values().removeIf(waiting -> isForgotten(waiting, now));
        }
        return next;
    }

    private Optional<ReceivedNonce> take(long now) {
        Optional<WaitingNonces> unsent = longestUnchecked(WaitingNonces::hasUnsent, now);
        Optional<WaitingNonces> accused =
                unsent.isPresent() && accusedInARow >= ACCUSED_IN_A_ROW
                        ? Optional.empty()
                        : longestUnchecked(WaitingNonces::hasAccused, now);
        accusedInARow = accused.isPresent() ? accusedInARow + 1 : 0;
        return accused.isPresent()
                ? accused.map(waiting -> waiting.take(now))
                : unsent.map(waiting -> waiting.takeUnsent(now));
    }

    private Optional<WaitingNonces> longestUnchecked(Predicate<WaitingNonces> which, long now) {
        return machines.values().stream()
                .filter(which)
                .max(Comparator.comparingLong(waiting -> waiting.uncheckedNanos(now)));
    }

    private static boolean isForgotten(WaitingNonces waiting, long now) {
        return !waiting.hasAccused() && !waiting.hasUnsent() && waiting.uncheckedNanos(now) >= DAY_NANOS;
    }

    int machines() {
        return machines.size();
    }
}
