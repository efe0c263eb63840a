package org.pocx.aggregator.dashboard.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.core.testkit.Nonces.account;
import static org.pocx.aggregator.core.testkit.Nonces.nonce;
import static org.pocx.aggregator.core.testkit.Nonces.round;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.AggregatorEvent.FateChanged;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.testkit.Events;
import org.pocx.aggregator.core.testkit.ManualScheduler;
import org.pocx.aggregator.core.testkit.Nonces;
import org.pocx.aggregator.core.testkit.SettableClock;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;
import org.pocx.aggregator.statistics.BadPlot;
import org.pocx.aggregator.statistics.MachineDirectory;
import org.pocx.aggregator.statistics.MachineProfile;
import org.pocx.aggregator.statistics.StatisticsEvent;
import org.pocx.aggregator.statistics.finding.BaselineSource;
import org.pocx.aggregator.statistics.finding.CapacityDrop;
import org.pocx.aggregator.statistics.finding.Finding;
import org.pocx.aggregator.statistics.finding.PlotOverlap;
import org.pocx.aggregator.statistics.history.WonBlock;

final class AlertListenerTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final MinerId MINER = new MinerId("10.0.0.7", "cellar");
    private static final UpstreamTrouble REFUSED = UpstreamTrouble.unreachable("connection refused");
    private static final UpstreamTrouble LOCKED = UpstreamTrouble.walletLocked("passphrase needed");

    private final ManualScheduler scheduler = new ManualScheduler();
    private final List<Alert> alerts = new ArrayList<>();
    private final MachineDirectory directory = new MachineDirectory();
    private final AlertListener listener =
            new AlertListener("pool", directory, scheduler, new SettableClock(NOW), alerts::add);

    private static FateChanged event(Fate after, String words) {
        return Events.fateChanged(nonce(round(1), 1, 1, 5), MINER, Fate.PENDING, after, 5, words, NOW, Duration.ZERO);
    }

    private List<String> kinds() {
        return alerts.stream().map(alert -> alert.kind().text()).toList();
    }

    @Test
    void silentMachine_isNamedByItsId() {
        listener.on(new StatisticsEvent.MachineSilent(MINER, 5));
        listener.on(new StatisticsEvent.MachineBack(MINER, Duration.ofMinutes(61)));

        assertThat(alerts)
                .extracting(Alert::text)
                .containsExactly(
                        "Machine 10.0.0.7/cellar went silent: no nonce of it for 5 rounds. Check its power, network"
                                + " and plots.",
                        "Machine 10.0.0.7/cellar is back after 1 h 1 min.");
        assertThat(alerts.getFirst().details())
                .containsEntry("machine", "10.0.0.7/cellar")
                .containsEntry("name", "cellar")
                .containsEntry("missedRounds", 5);
        assertThat(alerts.getLast().details()).containsEntry("silenceSecs", 3_660L);
        assertThat(kinds()).containsExactly("machine_silent", "machine_back");
    }

    private static StatisticsEvent badNonce(boolean isNew) {
        ReceivedNonce nonce = new ReceivedNonce(nonce(round(1), 1, 9, 5), MINER, NOW);
        BadPlot plot = new BadPlot("10.0.0.7", Nonces.account(1), Nonces.hash(77), 9, 9, 1, 1, NOW);
        return new StatisticsEvent.BadNonceFound(nonce, 8, plot, isNew);
    }

    @Test
    void badPlot_isReportedWhenItIsNew() {
        listener.on(badNonce(true));
        listener.on(badNonce(false));

        assertThat(kinds()).containsExactly("bad_plot");
        assertThat(alerts.getFirst().text())
                .isEqualTo("Machine 10.0.0.7/cellar has a bad plot: nonce 9 of seed " + Nonces.hash(77) + ", account "
                        + Nonces.account(1)
                        + ", has another quality than the machine stated. Check the disk, and plot this file again.");
        assertThat(alerts.getFirst().details())
                .containsEntry("machine", "10.0.0.7/cellar")
                .containsEntry("seed", Nonces.hash(77))
                .containsEntry("nonce", "9")
                .containsEntry("claimed", "5")
                .containsEntry("computed", "8");
    }

    @Test
    void rejectedUnsent_isNoRejectionOfTheUpstream() {
        ReceivedNonce nonce = new ReceivedNonce(nonce(round(1), 1, 9, 5), MINER, NOW);
        listener.on(new FateChanged(nonce, Fate.PENDING, Fate.REJECTED, 5, "", Duration.ZERO, true, true));

        assertThat(alerts).isEmpty();
    }

    private static final CapacityDrop DROP = new CapacityDrop(
            Instant.parse("2026-03-01T10:30:00.7Z"), 120, 61.53, 0.5, BaselineSource.CONFIGURED);

    private void found(Finding finding) {
        listener.on(new StatisticsEvent.FindingReported(finding));
    }

    @Test
    void lostCapacity_isReportedWithSinceWhenAndHowMuch_andItsReturn() {
        found(new Finding.CapacityDropped(MINER, DROP));
        found(new Finding.CapacityRestored(MINER, DROP, 118.2));

        assertThat(kinds()).containsExactly("capacity_dropped", "capacity_restored");
        assertThat(alerts)
                .extracting(Alert::text)
                .containsExactly(
                        "Machine 10.0.0.7/cellar: capacity dropped by about half or more: 61.5 TiB measured since"
                                + " 2026-03-01T10:30:00Z, expected 120.0 TiB (configured). Check its disks and plot files.",
                        "Machine 10.0.0.7/cellar: capacity restored: 118.2 TiB measured, expected 120.0 TiB. It was too"
                                + " low since 2026-03-01T10:30:00Z.");
        assertThat(new String(alerts.getFirst().json("farm"), StandardCharsets.UTF_8))
                .contains(
                        "\"event\":\"capacity_dropped\"",
                        "\"machine\":\"10.0.0.7/cellar\"",
                        "\"since\":\"2026-03-01T10:30:00Z\"",
                        "\"baselineTib\":120.0",
                        "\"measuredTib\":61.53",
                        "\"missing\":0.5",
                        "\"source\":\"configured\"");
    }

    @Test
    void lossWithoutANonce_hasNoMeasuredCapacity() {
        found(new Finding.CapacityDropped(
                MINER, new CapacityDrop(NOW, 120, Double.NaN, 0.5, BaselineSource.LEARNED)));

        assertThat(alerts.getFirst().text()).contains(": nothing measured since");
        assertThat(new String(alerts.getFirst().json("farm"), StandardCharsets.UTF_8))
                .contains("\"measuredTib\":null");
    }

    @Test
    void overlap_isReportedWithBothNames() {
        directory.replace(Map.of(
                "10.0.0.8",
                new MachineProfile(Optional.of("left"), Optional.empty(), OptionalDouble.empty())));
        found(new Finding.PlotsOverlap(
                MINER,
                new MinerId("10.0.0.8"),
                new PlotOverlap("10.0.0.7/cellar", "10.0.0.8", NOW, NOW, 7, 3)));

        assertThat(kinds()).containsExactly("plots_overlap");
        assertThat(alerts.getFirst().text())
                .isEqualTo(
                        "Machines 10.0.0.7/cellar and left (10.0.0.8) mine the same plot files (overlap): they sent 7"
                                + " equal nonces in 3 rounds. Remove the plot files that both have from one of them.");
        assertThat(alerts.getFirst().details())
                .containsEntry("machineA", "10.0.0.7/cellar")
                .containsEntry("nameA", "cellar")
                .containsEntry("machineB", "10.0.0.8")
                .containsEntry("nameB", "left")
                .containsEntry("nonces", 7L)
                .containsEntry("rounds", 3L);
    }

    @Test
    void switchAndReturn_areReported() {
        listener.on(new AggregatorEvent.UpstreamSwitched("home", "second", false, "no good mining info for 10 s"));
        listener.on(new AggregatorEvent.UpstreamSwitched("second", "home", true, "it has answered for 30 s"));

        assertThat(alerts)
                .extracting(Alert::text)
                .containsExactly(
                        "Switched from the upstream home to second: no good mining info for 10 s. Check home.",
                        "Returned to the upstream home from second: it has answered for 30 s.");
        assertThat(kinds()).containsExactly("upstream_switched", "upstream_returned");
    }

    @Test
    void longOutage_isReported_andItsEnd() {
        listener.on(Events.down(REFUSED));
        scheduler.advance(Duration.ofSeconds(4));
        assertThat(alerts).isEmpty();

        scheduler.advance(Duration.ofSeconds(1));
        listener.on(Events.stillDown(REFUSED, Duration.ofSeconds(5)));
        listener.on(new AggregatorEvent.UpstreamUp(Duration.ofSeconds(90)));

        assertThat(alerts)
                .extracting(Alert::text)
                .containsExactly(
                        "The upstream pool does not answer as it should: connection refused. Good nonces are kept and"
                                + " sent when it is back.",
                        "The upstream pool answers again after 1 min.");
        assertThat(kinds()).containsExactly("upstream_down", "upstream_back");
    }

    @Test
    void shortOutage_isNotReported() {
        for (int i = 0; i < 5; i++) {
            listener.on(Events.down(REFUSED));
            scheduler.advance(Duration.ofSeconds(3));
            listener.on(new AggregatorEvent.UpstreamUp(Duration.ofSeconds(3)));
            scheduler.advance(Duration.ofSeconds(3));
        }

        assertThat(alerts).isEmpty();
        assertThat(scheduler.waiting()).isZero();
    }

    @Test
    void upstreamUpAtStart_isNotReported() {
        listener.on(new AggregatorEvent.UpstreamUp(Duration.ZERO));

        assertThat(alerts).isEmpty();
    }

    @Test
    void nextOutage_isReportedAgain() {
        for (int i = 0; i < 2; i++) {
            listener.on(Events.down(REFUSED));
            scheduler.advance(Duration.ofSeconds(10));
            listener.on(new AggregatorEvent.UpstreamUp(Duration.ofSeconds(10)));
        }

        assertThat(kinds()).containsExactly("upstream_down", "upstream_back", "upstream_down", "upstream_back");
    }

    @Test
    void lockedWallet_isReportedOnce_untilANonceIsProcessed() {
        listener.on(Events.delayed(event(Fate.PENDING, "").nonce(), LOCKED));
        listener.on(Events.delayed(event(Fate.PENDING, "").nonce(), LOCKED));
        assertThat(alerts)
                .singleElement()
                .extracting(Alert::text)
                .isEqualTo("The wallet of pool is locked, nonces wait: unlock it (passphrase needed).");

        listener.on(event(Fate.CONFIRMED, ""));
        listener.on(Events.delayed(event(Fate.PENDING, "").nonce(), LOCKED));

        assertThat(kinds()).containsExactly("wallet_locked", "wallet_locked");
    }

    @Test
    void otherErrorOfANonce_isNotReported() {
        listener.on(Events.delayed(event(Fate.PENDING, "").nonce(), REFUSED));

        assertThat(alerts).isEmpty();
    }

    @Test
    void configuredName_isAddedToTheId() {
        directory.replace(Map.of(
                "10.0.0.7/cellar",
                new MachineProfile(Optional.of("left\nrack"), Optional.empty(), OptionalDouble.empty())));

        listener.on(new StatisticsEvent.MachineBack(MINER, Duration.ofMinutes(61)));

        assertThat(alerts.getFirst().text()).isEqualTo("Machine left?rack (10.0.0.7/cellar) is back after 1 h 1 min.");
        assertThat(alerts.getFirst().details())
                .containsEntry("machine", "10.0.0.7/cellar")
                .containsEntry("name", "left\nrack");
    }

    @Test
    void firstRejection_isReportedAtOnce_withTheUpstreamsMessage() {
        listener.on(event(Fate.REJECTED, "bad plot"));

        assertThat(alerts.getFirst().text())
                .isEqualTo("The upstream rejected a nonce of machine 10.0.0.7/cellar, account " + account(1)
                        + ": bad plot");
        assertThat(alerts.getFirst().details())
                .containsEntry("count", 1L)
                .containsEntry("machine", "10.0.0.7/cellar")
                .containsEntry("name", "cellar")
                .containsEntry("account", account(1))
                .containsEntry("reason", "bad plot");
    }

    @Test
    void floodOfRejections_isOneCountATenMinutes() {
        for (int i = 0; i < 1_000; i++) {
            listener.on(event(Fate.REJECTED, "bad plot"));
        }
        assertThat(alerts).hasSize(1);

        scheduler.advance(RejectionAlerts.WINDOW);
        assertThat(alerts.getLast().text()).startsWith("The upstream rejected 999 nonces in the last 10 minutes");

        scheduler.advance(RejectionAlerts.WINDOW.multipliedBy(3));
        assertThat(alerts).hasSize(2);
        listener.on(event(Fate.REJECTED, "bad plot"));
        assertThat(alerts).hasSize(3);
    }

    @Test
    void storeOutage_isReported_andItsEnd() {
        listener.on(new AggregatorEvent.StoreDown("disk full", true));
        listener.on(new AggregatorEvent.StoreUp(Duration.ofSeconds(7)));

        assertThat(kinds()).containsExactly("store_down", "store_back");
        assertThat(alerts.getFirst().text()).contains("disk full");
    }

    private static WonBlock block(Optional<WonBlock.Finder> finder) {
        return new WonBlock(-3, "ab".repeat(32), NOW, account(1), finder, false);
    }

    @Test
    void wonBlock_isReported_withHeightAccountMachineAndPocTime() {
        listener.on(new StatisticsEvent.BlockWon(block(Optional.of(new WonBlock.Finder("10.0.0.7", 5, 93)))));

        assertThat(kinds()).containsExactly("block_won");
        assertThat(alerts.getFirst().text())
                .isEqualTo("Block won: height 18446744073709551613, account " + account(1)
                        + ", machine 10.0.0.7, poc_time 93 s.");
        assertThat(new String(alerts.getFirst().json("farm"), StandardCharsets.UTF_8))
                .contains("\"event\":\"block_won\"")
                .contains("\"height\":18446744073709551613,\"account\":\"" + account(1)
                        + "\",\"machine\":\"10.0.0.7\",\"name\":\"\",\"pocTime\":93}");
    }

    @Test
    void wonBlockOfANamedMachine_hasItsName() {
        directory.replace(Map.of(
                "10.0.0.7",
                new MachineProfile(Optional.of("left-rack"), Optional.empty(), OptionalDouble.empty())));
        listener.on(new StatisticsEvent.BlockWon(block(Optional.of(new WonBlock.Finder("10.0.0.7", 5, 93)))));

        assertThat(alerts.getFirst().text()).contains(", machine left-rack (10.0.0.7), poc_time 93 s.");
        assertThat(alerts.getFirst().details()).containsEntry("name", "left-rack");
    }

    @Test
    void blockThatWasWonElsewhere_namesNoMachine() {
        listener.on(new StatisticsEvent.BlockWon(block(Optional.empty())));

        assertThat(alerts.getFirst().text()).endsWith(", won with another machine or elsewhere.");
        assertThat(alerts.getFirst().details()).doesNotContainKeys("machine", "pocTime");
    }

    @Test
    void orphanedBlock_isReported_andWhenItIsGivenBack() {
        listener.on(new StatisticsEvent.BlockOrphaned(block(Optional.empty()).withOrphaned(true)));
        listener.on(new StatisticsEvent.BlockOrphaned(block(Optional.empty())));

        assertThat(kinds()).containsExactly("block_orphaned", "block_won");
        assertThat(alerts.getFirst().text()).startsWith("Block orphaned: height ").contains("no longer counts");
        assertThat(alerts.getLast().text()).startsWith("Block won: height ").contains("counts as won again");
    }

    @Test
    void longText_isShortened_asServicesRefuseLongMessages() throws Exception {
        Alert alert = new Alert(Alert.Kind.SUMMARY, NOW, "x".repeat(1_292) + "\ud83d\ude9c".repeat(9), Map.of());

        JsonNode json = new ObjectMapper().readTree(alert.json("farm"));

        assertThat(json.get("text").asText()).isEqualTo("farm: " + "x".repeat(1_292) + "…");
        assertThat(json.get("content")).isEqualTo(json.get("text"));
    }

    @Test
    void wordsOfOthers_areOneShortLine() {
        listener.on(event(Fate.REJECTED, "a\r\nb\u2028\u202ec" + "x".repeat(10_000)));

        String text = alerts.getFirst().text();
        assertThat(text).doesNotContainPattern("[\\p{Cntrl}\u2028\u202e]").hasSizeLessThan(500);
    }
}
