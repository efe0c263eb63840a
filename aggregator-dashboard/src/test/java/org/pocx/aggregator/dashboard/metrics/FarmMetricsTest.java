package org.pocx.aggregator.dashboard.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pocx.aggregator.core.testkit.Nonces.nonce;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.AggregatorEvent.FateChanged;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.testkit.Events;
import org.pocx.aggregator.core.upstream.ForwardLoad;
import org.pocx.aggregator.core.upstream.UpstreamMessage;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;
import org.pocx.aggregator.dashboard.Snapshots;
import org.pocx.aggregator.statistics.FarmSnapshot;

final class FarmMetricsTest {
    private static final MinerId MINER = new MinerId("10.0.0.1");
    private static final NonceSubmission NONCE = nonce(round(100), 1, 1, 5);

    private long nanos = Long.MAX_VALUE - 5; // so that it overflows in the test
    private final FarmMetrics metrics = new FarmMetrics(new MetricsSettings("1.2.3", 0), () -> nanos);
    private final AggregatorListener listener = metrics.listener();

    private Exposition scrape() {
        return Exposition.of(metrics.scrape());
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private static FateChanged event(@Nullable Fate before, Fate after, Duration since) {
        return Events.fateChanged(NONCE, MINER, before, after, 5, "", Instant.EPOCH, since);
    }

    private static FateChanged event(Fate after) {
        return event(Fate.PENDING, after, Duration.ZERO);
    }

    @Test
    void submissions_areCountedByOutcome() {
        listener.on(event(null, Fate.FILTERED, Duration.ZERO));
        listener.on(event(null, Fate.REFUSED, Duration.ZERO));
        listener.on(event(Fate.SUPERSEDED));
        listener.on(event(Fate.CONFIRMED));
        listener.on(event(Fate.REJECTED));
        listener.on(event(Fate.STALE));
        listener.on(event(Fate.EXPIRED));

        assertThat(scrape().samples())
                .containsEntry("pocx_submissions_received_total", 2.0)
                .containsEntry("pocx_submissions_total{outcome=\"refused\"}", 1.0)
                .containsEntry("pocx_submissions_total{outcome=\"filtered\"}", 1.0)
                .containsEntry("pocx_submissions_total{outcome=\"superseded\"}", 1.0)
                .containsEntry("pocx_submissions_total{outcome=\"confirmed\"}", 1.0)
                .containsEntry("pocx_submissions_total{outcome=\"rejected\"}", 1.0)
                .containsEntry("pocx_submissions_total{outcome=\"stale\"}", 1.0)
                .containsEntry("pocx_submissions_total{outcome=\"expired\"}", 1.0);
    }

    @Test
    void nonceThatIsHeldAndTakenOver_isNotConfirmed() {
        listener.on(new AggregatorEvent.Held(
                new ReceivedNonce(NONCE, MINER, Instant.EPOCH), UpstreamMessage.of("no verdict yet")));
        listener.on(Events.opened(round(100)));
        listener.on(event(Fate.TAKEN_OVER));

        assertThat(scrape().samples())
                .containsEntry("pocx_upstream_held_total", 1.0)
                .containsEntry("pocx_submissions_total{outcome=\"taken_over\"}", 1.0)
                .containsEntry("pocx_submissions_total{outcome=\"confirmed\"}", 0.0)
                .containsEntry("pocx_rounds_since_confirmation", 0.0);
    }

    @Test
    void outcomesThatDidNotHappen_areZeroNotAbsent() {
        assertThat(scrape().value("pocx_submissions_total{outcome=\"rejected\"}")).isZero();
        assertThat(scrape().value("pocx_upstream_errors_total{request=\"poll\",kind=\"timeout\"}"))
                .isNull();
        assertThat(scrape().value("pocx_upstream_errors_total{kind=\"timeout\",request=\"poll\"}"))
                .isZero();
    }

    @Test
    void confirmation_isTimedFromTheReceipt() {
        listener.on(event(Fate.PENDING, Fate.CONFIRMED, Duration.ofMillis(300)));

        assertThat(scrape().samples())
                .containsEntry("pocx_confirmation_seconds_bucket{le=\"0.25\"}", 0.0)
                .containsEntry("pocx_confirmation_seconds_bucket{le=\"0.5\"}", 1.0)
                .containsEntry("pocx_confirmation_seconds_count", 1.0)
                .containsEntry("pocx_confirmation_seconds_sum", 0.3);
    }

    @Test
    void attempts_areTimedEachFromItsOwnBeginning() {
        listener.on(Events.forwarded(event(Fate.PENDING).nonce()));
        pass(Duration.ofSeconds(2));
        listener.on(Events.delayed(event(Fate.PENDING).nonce(), UpstreamTrouble.busy("later")));
        pass(Duration.ofSeconds(60));
        listener.on(Events.forwarded(event(Fate.PENDING).nonce()));
        pass(Duration.ofSeconds(1));
        listener.on(event(Fate.CONFIRMED));

        assertThat(scrape().samples())
                .containsEntry("pocx_forward_attempt_seconds_count", 2.0)
                .containsEntry("pocx_forward_attempt_seconds_sum", 3.0);
    }

    @Test
    void rejectionWithoutAnAttempt_isNotTimed() {
        listener.on(event(Fate.REJECTED));

        assertThat(scrape().value("pocx_forward_attempt_seconds_count")).isZero();
    }

    static Stream<Arguments> troubles() {
        return Stream.of(
                Arguments.of(UpstreamTrouble.upstreamBusy(""), "busy"),
                Arguments.of(UpstreamTrouble.walletLocked(""), "wallet_locked"),
                Arguments.of(UpstreamTrouble.timedOut(""), "timeout"),
                Arguments.of(UpstreamTrouble.unreachable(""), "unreachable"),
                Arguments.of(UpstreamTrouble.connectionRefused(""), "unreachable"),
                Arguments.of(UpstreamTrouble.accountRefused(UpstreamMessage.NONE), "account_refused"),
                Arguments.of(UpstreamTrouble.misfit(UpstreamMessage.NONE), "misfit"),
                Arguments.of(UpstreamTrouble.unauthorized(""), "unauthorized"),
                Arguments.of(UpstreamTrouble.unknownError(new UpstreamMessage("", "7")), "unknown_error"));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void trouble_isCountedByRequestAndKind(UpstreamTrouble trouble, String kind) {
        listener.on(Events.down(trouble));
        listener.on(Events.stillDown(trouble, Duration.ofSeconds(1)));
        listener.on(Events.delayed(event(Fate.PENDING).nonce(), trouble));

        assertThat(scrape().samples())
                .containsEntry("pocx_upstream_errors_total{kind=\"" + kind + "\",request=\"poll\"}", 2.0)
                .containsEntry("pocx_upstream_errors_total{kind=\"" + kind + "\",request=\"submit\"}", 1.0);
    }

    @Test
    void rounds_areCountedSinceTheLastConfirmation() {
        listener.on(Events.opened(round(1)));
        listener.on(Events.opened(round(2)));
        listener.on(event(Fate.CONFIRMED));
        listener.on(Events.revived(round(1)));

        assertThat(scrape().samples())
                .containsEntry("pocx_rounds_total", 3.0)
                .containsEntry("pocx_rounds_revived_total", 1.0)
                .containsEntry("pocx_rounds_since_confirmation", 1.0);
    }

    @Test
    void walletLocked_isShownUntilAnAttemptFindsItOtherwise() {
        listener.on(Events.delayed(event(Fate.PENDING).nonce(), UpstreamTrouble.walletLocked("")));
        assertThat(scrape().value("pocx_upstream_wallet_locked")).isEqualTo(1);

        listener.on(event(Fate.CONFIRMED));
        assertThat(scrape().value("pocx_upstream_wallet_locked")).isZero();
    }

    @Test
    void requestsCommitsAndSuspects_areCounted() {
        listener.on(new AggregatorEvent.MinerSeen(MINER));
        listener.on(new AggregatorEvent.StoreWritten(Duration.ofMillis(4)));
        listener.on(new AggregatorEvent.MachineSuspected(MINER, "bad"));

        assertThat(scrape().samples())
                .containsEntry("pocx_miner_requests_total", 1.0)
                .containsEntry("pocx_store_commit_seconds_bucket{le=\"0.0025\"}", 0.0)
                .containsEntry("pocx_store_commit_seconds_bucket{le=\"0.005\"}", 1.0)
                .containsEntry("pocx_machines_suspected_total", 1.0);
    }

    @Test
    void jvmAndProcess_haveMetrics() {
        assertThat(scrape().names())
                .contains("jvm_memory_used_bytes", "jvm_threads_current", "process_cpu_seconds_total")
                .contains("jvm_gc_collection_seconds_count", "pocx_build_info");
        assertThat(scrape().value("pocx_build_info{version=\"1.2.3\"}")).isEqualTo(1);
    }

    @Test
    void farm_isShownAsItsSnapshotHasIt() {
        watch(Snapshots.small());

        assertThat(scrape().samples())
                .containsEntry("pocx_round_height", 0x1p64)
                .containsEntry("pocx_round_best_poc_time_seconds", 38.0)
                .containsEntry("pocx_nonces{state=\"refused\"}", 1.0)
                .containsEntry("pocx_nonces{state=\"expired\"}", 8.0)
                .containsEntry("pocx_outbox_nonces", 4.0)
                .containsEntry("pocx_in_flight_nonces", 1.0)
                .containsEntry("pocx_in_flight_limit", 32.0)
                .containsEntry("pocx_lanes_waiting{reason=\"slot\"}", 2.0)
                .containsEntry("pocx_lanes_waiting{reason=\"held\"}", 3.0)
                .containsEntry("pocx_machines_known", 1.0)
                .containsEntry("pocx_machines_active", 1.0)
                .containsEntry("pocx_machines_silent", 0.0)
                .containsEntry("pocx_machines_suspect", 1.0)
                .containsEntry("pocx_accounts_known", 1.0)
                .containsEntry("pocx_capacity_bytes", 23.75 * 1024 * 1024 * 1024 * 1024)
                .containsEntry("pocx_upstream_up", 0.0)
                .containsEntry("pocx_store_writable", 1.0)
                .containsEntry("pocx_mining_info_age_seconds", 1.5)
                .containsEntry("pocx_last_confirmation_age_seconds", 1.999);
    }

    @Test
    void unknownFigures_haveNoSample() {
        watch(Snapshots.unknown());

        assertThat(scrape().names())
                .doesNotContain(
                        "pocx_capacity_bytes",
                        "pocx_network_capacity_bytes",
                        "pocx_round_height",
                        "pocx_round_best_poc_time_seconds",
                        "pocx_last_confirmation_age_seconds")
                .contains("pocx_store_writable");
    }

    @Test
    void farm_isLookedAtOnceASecondAtMost() {
        AtomicInteger looks = new AtomicInteger();
        metrics.watch(new MetricsSource(
                () -> {
                    looks.incrementAndGet();
                    return Snapshots.small();
                },
                () -> new ForwardLoad(0, 1, 0, 0),
                Optional::empty));

        for (int i = 0; i < 10; i++) {
            metrics.scrape();
            pass(Duration.ofMillis(250));
        }

        assertThat(looks).hasValue(3);
    }

    @Test
    void machines_haveNoLabels_unlessSwitchedOn() {
        watch(Snapshots.small());

        assertThat(new String(metrics.scrape(), StandardCharsets.UTF_8))
                .doesNotContain("127.0.0.13")
                .doesNotContain("machine=")
                .doesNotContain(Snapshots.ACCOUNT);
    }

    @Test
    void machinesBeyondTheCap_areCountedOnly() {
        FarmMetrics perMachine = new FarmMetrics(new MetricsSettings("1", 2), () -> nanos);
        perMachine.watch(source(Snapshots.withMachines("10.0.0.1", "10.0.0.2", "10.0.0.3")));

        Exposition scrape = Exposition.of(perMachine.scrape());

        assertThat(scrape.samples())
                .containsEntry("pocx_machine_missed_rounds{machine=\"10.0.0.2\"}", 0.0)
                .doesNotContainKey("pocx_machine_missed_rounds{machine=\"10.0.0.3\"}")
                .containsEntry("pocx_machines_unlisted", 1.0);
    }

    @Test
    void findings_areGauges() {
        FarmMetrics perMachine = new FarmMetrics(new MetricsSettings("1", 5), () -> nanos);
        perMachine.watch(source(Snapshots.withFindings()));

        assertThat(Exposition.of(perMachine.scrape()).samples())
                .containsEntry("pocx_machine_capacity_dropped{machine=\"10.0.0.1\"}", 1.0)
                .containsEntry("pocx_machine_capacity_dropped{machine=\"10.0.0.2/rig\"}", 0.0)
                .containsEntry("pocx_machine_expected_capacity_bytes{machine=\"10.0.0.1\"}", 120 * 0x1p40)
                .containsEntry("pocx_machine_expected_capacity_bytes{machine=\"10.0.0.2/rig\"}", 50 * 0x1p40)
                .doesNotContainKey("pocx_machine_expected_capacity_bytes{machine=\"10.0.0.3\"}")
                .containsEntry("pocx_machines_capacity_dropped", 1.0)
                .containsEntry("pocx_plot_overlaps", 1.0);
    }

    @Test
    void hostileMachineName_isOneLabel() {
        FarmMetrics perMachine = new FarmMetrics(new MetricsSettings("1", 2), () -> nanos);
        perMachine.watch(source(Snapshots.withMachines("x\"} 1\npocx_upstream_up 1\\")));

        assertThat(Exposition.of(perMachine.scrape()).samples())
                .containsEntry("pocx_machine_silent{machine=\"x\\\"} 1\\npocx_upstream_up 1\\\\\"}", 0.0)
                .containsEntry("pocx_upstream_up", 0.0);
    }

    @Test
    void secondFarm_isRefused() {
        watch(Snapshots.small());

        assertThatThrownBy(() -> watch(Snapshots.small())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void negativeCap_isRefused() {
        assertThatThrownBy(() -> new MetricsSettings("1", -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nonceTimes_areBounded() {
        AttemptTimes times = new AttemptTimes(() -> nanos);
        List<NonceSubmission> nonces = Stream.iterate(0, i -> i + 1)
                .limit(AttemptTimes.MAX + 1L)
                .map(i -> nonce(round(1), i, 1, 1))
                .toList();
        nonces.forEach(times::begun);

        assertThat(times.ended(nonces.getFirst())).isEmpty();
        assertThat(times.ended(nonces.getLast())).isPresent();
        assertThat(times.ended(nonces.get(1))).isPresent();
    }

    private void watch(FarmSnapshot farm) {
        metrics.watch(source(farm));
    }

    private static MetricsSource source(FarmSnapshot farm) {
        return new MetricsSource(
                () -> farm, () -> new ForwardLoad(1, 32, 2, 3), () -> Optional.of(Duration.ofMillis(1_500)));
    }
}
