package org.pocx.aggregator.core.cache;

import java.time.Duration;
import java.util.Optional;
import org.pocx.aggregator.core.mining.MiningInfoAnswer;
import org.pocx.aggregator.core.upstream.MiningInfoOutcome;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/**
 * Mining info at hand: miners are answered from here, and the cache alone asks the upstream.
 *
 * <p>Thread-safe. While nothing changes, the same {@code MiningInfo} instance is handed out, so that a transport can
 * keep what it rendered from it.
 */
public interface MiningInfoCache extends AutoCloseable {

    /** Begins to ask the upstream, and to tell the observer of each answer. Called once. */
    void start(Observer observer);

    /** What to tell a miner now. Waits only while the very first answer is on its way, at most 3 seconds. */
    MiningInfoAnswer current();

    /**
     * Waits for mining info that was asked for after this call began. One question serves all who wait, and at most one
     * extra question is asked a poll interval.
     *
     * @return true when the upstream answered in time (the observer has been told already); false when it did not
     */
    boolean refresh(Duration atMost);

    /** Asks the upstream soon, as {@link #refresh} does, without waiting for it. */
    void refreshSoon();

    /** What is wrong with the upstream, by the last question; empty when it answered. */
    Optional<UpstreamTrouble> trouble();

    /** Time since the upstream last answered with mining info; empty when it never did, or where nobody knows. */
    default Optional<Duration> age() {
        return Optional.empty();
    }

    /** Stops asking. Idempotent. */
    @Override
    void close();

    /** Hears of every question that ended. Told one at a time, in the order in which the questions were asked. */
    @FunctionalInterface
    interface Observer {
        /**
         * @param outcome what the upstream answered
         * @param askedNanos when it was asked, on the scheduler's monotonic clock
         */
        void polled(MiningInfoOutcome outcome, long askedNanos);
    }
}
