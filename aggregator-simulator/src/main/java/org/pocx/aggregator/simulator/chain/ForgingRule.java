package org.pocx.aggregator.simulator.chain;

import java.time.Duration;
import org.pocx.aggregator.simulator.time.Speed;

/** When a round ends. */
public sealed interface ForgingRule {

    /**
     * {@return how long after its beginning the round ends, by the clock, as things stand}
     *
     * @param chain whose round it is, as it stands now
     */
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
     * rest of the network is taken to need the longest time.
     *
     * @param speed how much faster than the clock
     * @param least the shortest round, in block times: the network takes its time to hear of a block
     * @param most the longest round, in block times: then the rest of the network has forged
     */
    record ByPocTime(Speed speed, double least, double most) implements ForgingRule {
        private static final double ALONE = 4;

        /**
         * From no time at all to four block times.
         *
         * @param speed how much faster than the clock
         */
        public ByPocTime(Speed speed) {
            this(speed, 0, ALONE);
        }

        /**
         * Takes bounds that leave room for a round.
         *
         * @throws IllegalArgumentException when the shortest round is negative, or longer than the longest
         */
        public ByPocTime {
            if (!(least >= 0 && least <= most)) {
                throw new IllegalArgumentException("rounds from " + least + " to " + most + " block times");
            }
        }

        @Override
        public Duration roundLength(SimulatedChain chain) {
            double longest = most * chain.settings().blockTimeSeconds();
            double seconds = chain.best()
                    .map(SimulatedChain::pocTime)
                    .map(pocTime -> pocTime < 0 ? longest : Math.min(longest, pocTime))
                    .orElse(longest);
            return speed.byTheClock(Math.max(seconds, least * chain.settings().blockTimeSeconds()));
        }
    }
}
