package org.pocx.aggregator.cli.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.cli.verification.ProvenNonces.QUALITY;
import static org.pocx.aggregator.cli.verification.ProvenNonces.claiming;
import static org.pocx.aggregator.cli.verification.ProvenNonces.received;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.event.AggregatorEvent.FateChanged;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.testkit.Events;

/** The background check: what it computes, and how long it pauses. Each step costs 10 ms by the test's clock. */
class AuditorTest {
    private static final long STEP = Duration.ofMillis(10).toNanos();

    private final AuditQueue queue = new AuditQueue();
    private final List<String> results = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private long cpu;
    private final Auditor auditor = new Auditor(
            queue, new CpuBudget(5), this::result, () -> cpu += STEP, () -> 0, time -> pauses.add(time));

    @BeforeEach
    void mining() {
        queue.on(Events.opened(ProvenNonces.ROUND));
    }

    private void result(ReceivedNonce nonce, long rawQuality) {
        results.add(nonce.miner().address() + ": " + Long.toUnsignedString(rawQuality));
    }

    private void filtered(ReceivedNonce nonce) {
        queue.on(new FateChanged(nonce, null, Fate.FILTERED, 0, "", Duration.ZERO, false));
    }

    @Test
    void waitingNonce_isComputed() throws Exception {
        filtered(claiming(5, "a"));

        auditor.checkNext();

        assertThat(results).containsExactly("a: " + QUALITY);
    }

    @Test
    void nothingWaits_pausesForASecond() throws Exception {
        auditor.checkNext();

        assertThat(pauses).containsExactly(Duration.ofSeconds(1));
        assertThat(results).isEmpty();
    }

    @Test
    void eachPart_isFollowedByItsPause() throws Exception {
        filtered(received(0, 1, 5, "a"));
        auditor.checkNext(); // two parts

        assertThat(pauses).containsExactly(Duration.ofMillis(190), Duration.ofMillis(190));
        assertThat(results).hasSize(1);
    }

    @Test
    void budget_isAShareOfUseAndPauseTogether() {
        assertThat(new CpuBudget(5).pauseAfter(Duration.ofMillis(60))).isEqualTo(Duration.ofMillis(1_140));
        assertThat(new CpuBudget(50).pauseAfter(Duration.ofMillis(60))).isEqualTo(Duration.ofMillis(60));
        assertThat(new CpuBudget(100).pauseAfter(Duration.ofMillis(60))).isEqualTo(Duration.ZERO);
    }

    @Test
    void stopped_computesNothingMore() throws Exception {
        filtered(claiming(5, "a"));
        auditor.stop();

        auditor.run();

        assertThat(results).isEmpty();
    }

    @Test
    void cpuTimeOfAThread_growsWithItsWork() {
        ThreadCpuTime time = new ThreadCpuTime();
        long before = time.getAsLong();
        long sum = 0;
        while (time.getAsLong() == before) {
            sum += sum ^ before;
        }

        assertThat(time.getAsLong()).isGreaterThan(before);
    }
}
