package org.pocx.aggregator.cli.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.pocx.aggregator.cli.verification.ProvenNonces.QUALITY;
import static org.pocx.aggregator.cli.verification.ProvenNonces.claiming;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.event.AggregatorEvent.FateChanged;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.testkit.Events;

/** The background check: what it computes, and how long it pauses. Between two looks, 10 ms pass by the test's clock. */
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
    void computation_pausesForItsBudgetAgainAndAgain() throws Exception {
        filtered(claiming(5, "a"));

        auditor.checkNext();

        assertThat(pauses).containsOnly(Duration.ofMillis(190)).hasSizeGreaterThan(100);
    }

    @Test
    void lessThanAMillisecondUsed_computesOn() throws Exception {
        Auditor quick = new Auditor(
                queue, new CpuBudget(5), this::result, () -> cpu += 100_000, () -> 0, time -> pauses.add(time));
        filtered(claiming(5, "a"));

        quick.checkNext();

        assertThat(pauses).containsOnly(Duration.ofMillis(19)).hasSizeGreaterThan(10);
    }

    /** Where the JVM does not know the processor time of a thread, the time that passes stands for it. */
    @Test
    void pauseThatCountsAsUse_makesTheNextOneNotLonger() throws Exception {
        Auditor wallClock = new Auditor(
                queue,
                new CpuBudget(5),
                this::result,
                () -> cpu += STEP,
                () -> 0,
                time -> {
                    pauses.add(time);
                    cpu += time.toNanos();
                });
        filtered(claiming(5, "a"));

        wallClock.checkNext();

        assertThat(pauses).containsOnly(Duration.ofMillis(190));
    }

    @Test
    void interruptDuringAPause_endsIt() throws Exception {
        Auditor interrupted = new Auditor(
                queue,
                new CpuBudget(5),
                this::result,
                () -> cpu += STEP,
                () -> 0,
                time -> {
                    throw new InterruptedException();
                });
        filtered(claiming(5, "a"));

        interrupted.run();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(results).isEmpty();
    }

    @Test
    void resultsThatFail_endNotTheCheckOfOthers() throws Exception {
        Auditor failing = new Auditor(
                queue,
                new CpuBudget(100),
                (nonce, quality) -> {
                    throw new UnsupportedOperationException("a fault");
                },
                () -> 0,
                () -> 0,
                time -> {});
        filtered(claiming(5, "a"));

        assertThatCode(failing::checkNext).doesNotThrowAnyException();
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
