package org.pocx.aggregator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.core.testkit.Nonces.nonce;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.SubmissionReceipt;
import org.pocx.aggregator.core.testkit.Await;
import org.pocx.aggregator.core.testkit.FakeUpstream;
import org.pocx.aggregator.core.testkit.ManualScheduler;
import org.pocx.aggregator.core.testkit.SettableClock;

/** The wall clock jumps while the whole core runs. */
final class AggregatorClockTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration LITTLE = Duration.ofSeconds(5);
    private static final MinerId MINER = new MinerId("10.0.0.1");

    private final FakeUpstream upstream = new FakeUpstream();
    private final ManualScheduler scheduler = new ManualScheduler();
    private final SettableClock clock = new SettableClock(NOW);
    private final List<Duration> told = new CopyOnWriteArrayList<>();

    private Aggregator started() {
        Aggregator aggregator = Aggregator.builder()
                .upstream(upstream)
                .scheduler(scheduler)
                .clock(clock)
                .listener(event -> {
                    if (event instanceof AggregatorEvent.ClockChanged changed) {
                        told.add(changed.by());
                    }
                })
                .build();
        upstream.announce(round(100));
        aggregator.start();
        await(aggregator, round(100));
        return aggregator;
    }

    /** Both clocks go on until the poller has found the round. */
    private void await(Aggregator aggregator, MiningInfo info) {
        Await.until("round " + info.height(), () -> {
            goOn();
            return aggregator.miningInfo(MINER).equals(info);
        });
    }

    private void goOn() {
        scheduler.advance(Duration.ofSeconds(1));
        clock.set(clock.instant().plusSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1H", "PT24H", "PT-40000H"})
    void jump_isToldOnceAndChangesNothingForMiners(Duration jump) {
        try (Aggregator aggregator = started()) {
            assertThat(aggregator.submit(nonce(round(100), 1, 1, 50), MINER)).isInstanceOf(SubmissionReceipt.class);
            clock.set(clock.instant().plus(jump));
            goOn();
            goOn();
            assertThat(told).singleElement().satisfies(by -> assertThat(by.minus(jump).abs()).isLessThan(LITTLE));

            assertThat(aggregator.miningInfo(MINER)).isEqualTo(round(100));
            assertThat(aggregator.submit(nonce(round(100), 1, 2, 40), MINER)).isInstanceOf(SubmissionReceipt.class);
            upstream.announce(round(101));
            await(aggregator, round(101));
            assertThat(aggregator.submit(nonce(round(101), 1, 3, 50), MINER)).isInstanceOf(SubmissionReceipt.class);
            Await.until("the poll under way is answered", () -> aggregator.readiness().ready());
            assertThat(told).hasSize(1);
        }
    }

    @Test
    void clockThatIsCorrectedALittle_isNotTold() {
        try (Aggregator aggregator = started()) {
            for (int i = 0; i < 20; i++) {
                clock.set(clock.instant().plusSeconds(i % 2 == 0 ? 3 : -3));
                goOn();
            }
            assertThat(told).isEmpty();
            Await.until("the poll under way is answered", () -> aggregator.readiness().ready());
        }
    }
}
