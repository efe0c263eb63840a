package org.pocx.aggregator.core;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.mining.MiningInfo;

/**
 * Finds out whether the upstream is still synchronising with its network: it answers as if all were well, but its rounds follow
 * each other far too quickly, or it says so itself when asked. Reports it, and changes nothing else.
 *
 * <p>Thread-safe, by its monitor, under which the listener is told.
 */
final class SynchronisationWatch {
    private static final long WINDOW = Duration.ofSeconds(10).toNanos();
    private static final int MANY_ROUNDS = 5;
    private static final int MAX_ROUNDS = 64;
    private static final int TIMES_TOO_QUICK = 100;
    private static final int CALM_PART = 10;
    private static final long BETWEEN_QUESTIONS = Duration.ofSeconds(30).toNanos();

    private final Duration blockTime;
    private final BooleanSupplier upstreamSaysSo;
    private final Executor executor;
    private final LongSupplier nanoTime;
    private final AggregatorListener listener;

    private final Deque<Begin> rounds = new ArrayDeque<>();
    private boolean racing;
    private boolean saidSo;
    private boolean asked;
    private boolean asking;
    private long askedNanos;
    private @Nullable String evidence;

    /** @param height u64 */
    private record Begin(long nanos, long height) {}

    /** @param upstreamSaysSo asks the upstream, on the executor's threads; blocks */
    SynchronisationWatch(
            Duration blockTime,
            BooleanSupplier upstreamSaysSo,
            Executor executor,
            LongSupplier nanoTime,
            AggregatorListener listener) {
        this.blockTime = blockTime;
        this.upstreamSaysSo = upstreamSaysSo;
        this.executor = executor;
        this.nanoTime = nanoTime;
        this.listener = listener;
    }

    /** {@return how it was found out that the upstream is synchronising, one line; empty when it is not} */
    synchronized Optional<String> evidence() {
        return Optional.ofNullable(evidence);
    }

    /** A round began that was not known before. */
    synchronized void opened(MiningInfo info) {
        rounds.addLast(new Begin(nanoTime.getAsLong(), info.height()));
        if (rounds.size() > MAX_ROUNDS) {
            rounds.removeFirst();
        }
    }

    /** The upstream answered a poll. */
    synchronized void polled() {
        long now = nanoTime.getAsLong();
        judgePace(now);
        if (!asking && (!asked || now - askedNanos >= BETWEEN_QUESTIONS)) {
            asked = true;
            asking = true;
            askedNanos = now;
            try {
                executor.execute(this::ask);
            } catch (RejectedExecutionException e) {
                asking = false; // closing
            }
        }
        report();
    }

    private void judgePace(long now) {
        if (rounds.isEmpty()) {
            return;
        }
        if (racing) {
            racing = now - rounds.getLast().nanos < blockTime.toNanos() / CALM_PART;
            return;
        }
        while (now - rounds.getFirst().nanos > WINDOW && rounds.size() > 1) {
            rounds.removeFirst();
        }
        Begin first = rounds.getFirst();
        Begin last = rounds.getLast();
        long heights = last.height - first.height;
        racing = rounds.size() >= MANY_ROUNDS
                && now - first.nanos <= WINDOW
                && heights > 0
                && (last.nanos - first.nanos) / heights < blockTime.toNanos() / TIMES_TOO_QUICK;
    }

    private void ask() {
        boolean says;
        try {
            says = upstreamSaysSo.getAsBoolean();
        } catch (RuntimeException e) {
            says = false; // it cannot tell
        }
        synchronized (this) {
            asking = false;
            saidSo = says;
            report();
        }
    }

    private void report() {
        String now = saidSo
                ? "it says so itself (getblockchaininfo)"
                : racing ? "its blocks follow each other much faster than the block time" : null;
        boolean was = evidence != null;
        evidence = now;
        if (was != (now != null)) {
            listener.on(new AggregatorEvent.Synchronising(Optional.ofNullable(now)));
        }
    }
}
