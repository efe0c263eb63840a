package org.pocx.aggregator.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.core.testkit.Nonces.nonce;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.Aggregator;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.testkit.Await;
import org.pocx.aggregator.core.testkit.FakeUpstream;
import org.pocx.aggregator.core.testkit.ManualScheduler;

/** Listeners of the statistics receive events of silent machines. */
final class AggregatorSilenceTest {
    private static final MinerId MINER = new MinerId("10.0.0.1", "cellar");

    private final FakeUpstream upstream = new FakeUpstream();
    private final ManualScheduler scheduler = new ManualScheduler();
    private final List<String> told = new CopyOnWriteArrayList<>();

    @Test
    void silentMachine_isReportedToListeners_withItsLabel_andItsReturn() {
        try (FarmStatistics statistics = FarmStatistics.builder()
                .scheduler(scheduler)
                .silentRounds(2)
                .listener(this::tell)
                .build();
                Aggregator aggregator = Aggregator.builder()
                        .upstream(upstream)
                        .scheduler(scheduler)
                        .listener(statistics)
                        .build()) {
            upstream.announce(round(100));
            aggregator.start();
            await(statistics, round(100));
            aggregator.submit(nonce(round(100), 1, 1, 5), MINER);
            for (int i = 101; i <= 103; i++) {
                upstream.announce(round(i));
                await(statistics, round(i));
            }

            assertThat(told).containsExactly("cellar silent for 2");
            assertThat(statistics.snapshot().machines()).extracting(FarmSnapshot.Machine::silent).containsExactly(true);

            aggregator.miningInfo(MINER);
            assertThat(told).last().asString().startsWith("cellar back after PT");
        }
    }

    private void tell(StatisticsEvent event) {
        switch (event) {
            case StatisticsEvent.MachineSilent silent -> told.add(
                    silent.miner().name() + " silent for " + silent.missedRounds());
            case StatisticsEvent.MachineBack back -> told.add(back.miner().name() + " back after " + back.silence());
            case StatisticsEvent.BadNonceFound bad -> {}
            case StatisticsEvent.FindingReported reported -> {}
            case StatisticsEvent.EventRecorded recorded -> {}
            case StatisticsEvent.BlockWon won -> {}
            case StatisticsEvent.BlockOrphaned orphaned -> {}
            case StatisticsEvent.BlockProbablyLost lost -> {}
            case StatisticsEvent.BlocksCounted counted -> {}
        }
    }

    /** Lets time pass until the poller has found the round. */
    private void await(FarmStatistics statistics, MiningInfo info) {
        Await.until("round " + info.height(), () -> {
            scheduler.advance(Duration.ofSeconds(3));
            return statistics.snapshot().current().filter(info::equals).isPresent();
        });
    }
}
