package org.pocx.aggregator.core.cache;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.pocx.aggregator.core.mining.MiningInfoAnswer;
import org.pocx.aggregator.core.time.Scheduler;
import org.pocx.aggregator.core.upstream.MiningInfoOutcome;
import org.pocx.aggregator.core.upstream.Upstream;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/**
 * Mining info at hand: miners are answered from here, and the cache alone asks the upstream.
 *
 * <p>Thread-safe. While nothing changes, the same {@code MiningInfo} instance is handed out, so that a transport can
 * keep what it rendered from it. An implementation need not poll: one that is pushed new blocks by its upstream tells the
 * observer of each, and of a failure when the upstream is gone. No method throws for what the network does.
 *
 * <p>The contract test is {@code MiningInfoCacheContract} in the test jar of this module.
 */
public interface MiningInfoCache extends AutoCloseable {

    /**
     * A cache that polls the upstream at an interval, and once more when a nonce needs that. It asks nothing before it is
     * started.
     *
     * @param upstream asked for mining info; several requests may be running at once
     * @param interval between the starts of two polls, positive
     * @param staleIfError how long the last info is returned while the upstream is unreachable, not negative
     * @param scheduler for the intervals; not closed by the cache
     * @param executor runs the blocking requests; best a thread (virtual) each
     * @return a new cache
     * @throws IllegalArgumentException when a time is out of its range
     */
    static MiningInfoCache polling(
            Upstream upstream, Duration interval, Duration staleIfError, Scheduler scheduler, Executor executor) {
        return polling(upstream, interval, () -> interval, staleIfError, scheduler, executor);
    }

    /**
     * A cache that polls the upstream more or less often.
     *
     * @param upstream as above
     * @param interval the shortest interval, positive
     * @param wanted the interval that is wanted now, asked at the shortest interval; a shorter one has no effect
     * @param staleIfError as above
     * @param scheduler as above
     * @param executor as above
     * @return a cache that has to be started
     * @throws IllegalArgumentException when a time is out of its range
     */
    static MiningInfoCache polling(
            Upstream upstream,
            Duration interval,
            Supplier<Duration> wanted,
            Duration staleIfError,
            Scheduler scheduler,
            Executor executor) {
        Objects.requireNonNull(upstream, "upstream");
        Objects.requireNonNull(scheduler, "scheduler");
        Objects.requireNonNull(executor, "executor");
        if (!Objects.requireNonNull(interval, "interval").isPositive()) {
            throw new IllegalArgumentException("interval must be positive, not " + interval);
        }
        if (Objects.requireNonNull(staleIfError, "staleIfError").isNegative()) {
            throw new IllegalArgumentException("staleIfError must not be negative, but is " + staleIfError);
        }
        Objects.requireNonNull(wanted, "wanted");
        return new PollingMiningInfoCache(upstream, interval, wanted, staleIfError, scheduler, executor);
    }

    /**
     * Begins to ask the upstream, and to tell the observer of each answer. Called once; returns without waiting for the
     * first answer.
     *
     * @param observer told before {@link #current} shows the answer, as what a nonce of a new round needs must be there
     *     before any miner learns of the round. It takes locks of the rules and may call {@link #refreshSoon}
     */
    void start(Observer observer);

    /**
     * What to tell a miner now. Waits only while the very first answer is on its way, at most 3 seconds. Called for each
     * request of each miner, thousands a second.
     *
     * @return the last info, also for a while when the upstream is away; how long is for the implementation to say
     */
    MiningInfoAnswer current();

    /**
     * Waits for mining info that was asked for after this call began. One question serves all who wait, and at most one
     * extra question is asked a poll interval. Called by many threads at once, and given up early by an interrupt.
     *
     * @param atMost the longest time to wait, a few seconds
     * @return true when the upstream answered in time (the observer has been told already); false when it did not
     */
    boolean refresh(Duration atMost);

    /** Asks the upstream soon, as {@link #refresh} does, without waiting for it. */
    void refreshSoon();

    /** {@return what is wrong with the upstream, by the last question; empty when it answered} */
    Optional<UpstreamTrouble> trouble();

    /** {@return the time since the upstream last answered with mining info; empty when it never did or nobody knows} */
    default Optional<Duration> age() {
        return Optional.empty();
    }

    /** Stops asking; the observer hears nothing more, and who waits in {@link #refresh} is told false. Idempotent. */
    @Override
    void close();

    /** Hears of every question that ended. Told one at a time, in the order in which the questions were asked. */
    @FunctionalInterface
    interface Observer {
        /**
         * Told of each answer to a poll, and of each poll without one; but for answers that a later question's has overtaken.
         *
         * @param outcome what the upstream answered
         * @param askedNanos when it was asked, on the scheduler's monotonic clock
         */
        void polled(MiningInfoOutcome outcome, long askedNanos);
    }
}
