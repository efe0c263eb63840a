package org.pocx.aggregator.simulator.chain;

import java.time.Duration;
import java.util.Optional;
import org.pocx.aggregator.simulator.time.Speed;

/** When a round ends. */
public sealed interface ForgingRule {

    /** How long after its beginning the round ends, by the clock, as things stand. */
    Duration roundLength(SimulatedChain chain);

    /**
     * Blocks come in a fixed rhythm, whatever was found.
     *
     * @param interval by the clock; above zero
     */
    record EveryInterval(Duration interval) implements ForgingRule {
        @Override
        public Duration roundLength(SimulatedChain chain) {
            return interval;
        }
    }

    /**
     * As on a real chain: the best accepted nonce forges when its poc_time has passed, sped up. While there is none, the
     * rest of the network is taken to need four block times.
     *
     * @param speed how much faster than the clock
     */
    record ByPocTime(Speed speed) implements ForgingRule {
        @Override
        public Duration roundLength(SimulatedChain chain) {
            Optional<LedgerEntry> best = chain.best();
            double longest = 4.0 * chain.settings().blockTimeSeconds();
            double seconds = best.map(SimulatedChain::pocTime)
                    .map(pocTime -> pocTime < 0 ? longest : Math.min(longest, pocTime))
                    .orElse(longest);
            return speed.byTheClock(seconds);
        }
    }
}
