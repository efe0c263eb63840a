package org.pocx.aggregator.simulator.farm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.simulator.chain.ChainNonces;
import org.pocx.aggregator.simulator.chain.ChainSettings;
import org.pocx.aggregator.simulator.chain.SimulatedChain;

class RivalFarmTest {
    private static final String RIVAL = "77".repeat(20);

    private final SimulatedChain chain =
            new SimulatedChain(ChainSettings.genesis(Duration.ofMinutes(2)).at(100, "test"));

    @Test
    void eachRound_hasANonceOfTheRival() {
        new RivalFarm(chain, new Plot(RIVAL, "ab".repeat(32), 1, 100), 1).start();
        for (int i = 0; i < 20; i++) {
            assertThat(chain.forge().winner().orElseThrow().submission().accountId()).isEqualTo(RIVAL);
        }
    }

    @Test
    void betterNonceOfTheFarm_wins() {
        new RivalFarm(chain, new Plot(RIVAL, "ab".repeat(32), 1, 100), 1).start();
        chain.submit(new ChainNonces(chain.tip()).of(0));

        assertThat(chain.forge().winner().orElseThrow().submission().accountId()).isEqualTo(ChainNonces.ACCOUNT);
    }

    /** The mean of 1,000 exponentially distributed qualities is within 15 % except in one of a million cases. */
    @Test
    void qualities_fitTheCapacity() {
        new RivalFarm(chain, new Plot(RIVAL, "ab".repeat(32), 1, 100), 1).start();
        double sum = 0;
        for (int i = 0; i < 1_000; i++) {
            sum += chain.forge().winner().orElseThrow().accepted().orElseThrow().rawQuality();
        }

        assertThat(sum / 1_000).isBetween(0.85 * 0x1p42 / 100, 1.15 * 0x1p42 / 100);
    }
}
