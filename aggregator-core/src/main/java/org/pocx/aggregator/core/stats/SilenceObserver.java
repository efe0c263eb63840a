package org.pocx.aggregator.core.stats;

import java.time.Duration;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.mining.MinerId;

/**
 * Hears of machines that go silent and that are back. Each is told once a silence, in this order; the caller holds a lock
 * of the machine: return soon, and ask nothing back.
 */
public interface SilenceObserver {
    /** Nobody listens. */
    SilenceObserver NONE = new SilenceObserver() {
        @Override
        public void silent(MinerId miner, int missedRounds) {}

        @Override
        public void back(MinerId miner, Duration silence) {}
    };

    /**
     * See {@link AggregatorListener#minerSilent}.
     *
     * @param miner its address, with the label that it was last seen with
     * @param missedRounds rounds in a row without a nonce of it, at least 1
     */
    void silent(MinerId miner, int missedRounds);

    /**
     * See {@link AggregatorListener#minerBack}.
     *
     * @param miner its address, with the label that it was last seen with
     * @param silence since its last sign or nonce before
     */
    void back(MinerId miner, Duration silence);
}
