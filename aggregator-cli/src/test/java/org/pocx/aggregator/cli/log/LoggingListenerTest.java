package org.pocx.aggregator.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.AggregatorEvent.FateChanged;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.testkit.Events;
import org.pocx.aggregator.core.upstream.UpstreamMessage;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;
import org.pocx.aggregator.statistics.BadPlot;
import org.pocx.aggregator.statistics.MachineDirectory;
import org.pocx.aggregator.statistics.MachineProfile;
import org.pocx.aggregator.statistics.StatisticsEvent;
import org.pocx.aggregator.statistics.finding.BaselineSource;
import org.pocx.aggregator.statistics.finding.CapacityDrop;
import org.pocx.aggregator.statistics.finding.Finding;
import org.pocx.aggregator.statistics.finding.PlotOverlap;
import org.pocx.aggregator.statistics.history.ProbableLoss;
import org.pocx.aggregator.statistics.history.WonBlock;

final class LoggingListenerTest {
    private static final String HASH = "ab".repeat(32);
    private static final String ACCOUNT = "12".repeat(20);
    private static final long GENESIS_BASE_TARGET = (1L << 42) / 120;

    private final ListedLog log = new ListedLog(Level.INFO);
    private final MachineDirectory directory = new MachineDirectory();
    private final LoggingListener listener = new LoggingListener("pool", Duration.ofMinutes(2), log, directory);

    private static FateChanged event(Fate fate, String words) {
        NonceSubmission nonce =
                NonceSubmission.builder()
                        .blockHash(HASH)
                        .height(7)
                        .generationSignature(HASH)
                        .baseTarget(GENESIS_BASE_TARGET)
                        .accountId(ACCOUNT)
                        .seed(HASH)
                        .nonce(1)
                        .compression(1)
                        .rawQuality(1L << 42)
                        .build();
        MinerId miner = new MinerId("10.0.0.1", "cellar");
        return Events.fateChanged(
                nonce, miner, Fate.PENDING, fate, 1L << 42, words, Instant.EPOCH, Duration.ofMillis(90));
    }

    @Test
    void newRound_namesHeightAndNetwork() {
        listener.on(Events.opened(new MiningInfo(HASH, GENESIS_BASE_TARGET, -1, HASH)));

        assertThat(log.lines)
                .containsExactly(
                        "INFO New round: height 18446744073709551615, base target 36650387592, network 1.0 TiB");
    }

    private static FateChanged confirmedAt(long rawQuality, Fate before) {
        FateChanged event = event(Fate.CONFIRMED, "claimed 4398046511104, confirmed " + rawQuality);
        return Events.fateChanged(
                event.nonce().submission(),
                event.nonce().miner(),
                before,
                Fate.CONFIRMED,
                rawQuality,
                event.message(),
                Instant.EPOCH,
                Duration.ofMillis(90));
    }

    @Test
    void confirmedWorseThanClaimed_isAWarningWithBothFigures() {
        listener.on(confirmedAt(1L << 43, Fate.PENDING));

        assertThat(log.lines)
                .singleElement()
                .asString()
                .startsWith(
                        "WARNING [worse 10.0.0.1/cellar] Confirmed by pool, worse than claimed (claimed 4398046511104, confirmed 8796093022208): ")
                .contains("raw quality 8796093022208, ");
    }

    @Test
    void nonceThatIsTakenOver_isNotCalledConfirmed() {
        listener.on(event(Fate.TAKEN_OVER, ""));

        assertThat(log.lines).singleElement().asString().startsWith("INFO Taken over by pool: ");
        assertThat(log.lines.getFirst()).doesNotContainIgnoringCase("confirmed");
    }

    @Test
    void resent_saysWhy() {
        listener.on(new AggregatorEvent.Forwarded(
                event(Fate.CONFIRMED, "").nonce(), Optional.of("the upstream may have restarted")));

        assertThat(log.lines)
                .singleElement()
                .asString()
                .startsWith("INFO [resent] Sent again to pool (the upstream may have restarted): poc_time 134 s");
    }

    @Test
    void upstreamDownBeforeAnyRound_promisesNothingAboutNonces() {
        listener.on(Events.down(UpstreamTrouble.unreachable("refused")));

        assertThat(log.lines)
                .containsExactly("WARNING pool does not answer as it should: refused. There is no mining info yet, so"
                        + " miners wait.");
    }

    private void found(Finding finding) {
        listener.on(new StatisticsEvent.FindingReported(finding));
    }

    @Test
    void lostCapacity_saysSinceWhenHowMuchAndWhatToDo_andItsReturn() {
        MinerId miner = new MinerId("10.0.0.1", "cellar");
        CapacityDrop drop = new CapacityDrop(
                Instant.parse("2026-03-01T10:30:00.7Z"), 120, 61.53, 0.5, BaselineSource.CONFIGURED);
        found(new Finding.CapacityDropped(miner, drop));
        found(new Finding.CapacityRestored(miner, drop, 118.2));

        assertThat(log.lines)
                .containsExactly(
                        "WARNING [capacity 10.0.0.1/cellar] Machine 10.0.0.1/cellar: capacity dropped to 61.5 TiB of 120.0"
                                + " TiB (configured) since 2026-03-01T10:30:00Z. Check its disks and plot files. After a"
                                + " planned change, reset its baseline on the dashboard.",
                        "INFO [capacity 10.0.0.1/cellar] Machine 10.0.0.1/cellar: capacity restored, 118.2 TiB of 120.0"
                                + " TiB");
    }

    @Test
    void overlap_namesBothMachines() {
        found(new Finding.PlotsOverlap(
                new MinerId("10.0.0.1"),
                new MinerId("10.0.0.2", "rig"),
                new PlotOverlap("10.0.0.1", "10.0.0.2/rig", Instant.EPOCH, Instant.EPOCH, 7, 3)));

        assertThat(log.lines)
                .containsExactly("WARNING [overlap 10.0.0.1 10.0.0.2/rig] Plot files overlap: machines 10.0.0.1 and"
                        + " 10.0.0.2/rig sent 7 equal nonces in 3 rounds. Remove the plot files that both have from one of"
                        + " them.");
    }

    private static MachineProfile named(String name) {
        return new MachineProfile(Optional.of(name), Optional.empty(), OptionalDouble.empty());
    }

    @Test
    void machineWithADisplayName_isShownByNameAndId_inEachLine() {
        directory.replace(Map.of("10.0.0.1/cellar", named("left rack"), "10.0.0.2", named("a\nb")));
        MinerId miner = new MinerId("10.0.0.1", "cellar");
        CapacityDrop drop = new CapacityDrop(Instant.EPOCH, 120, 60, 0.5, BaselineSource.LEARNED);
        WonBlock won = new WonBlock(
                7, HASH, Instant.EPOCH, ACCOUNT, Optional.of(new WonBlock.Finder(miner.id(), 5, 93)), false);

        listener.on(event(Fate.CONFIRMED, ""));
        listener.on(event(Fate.REJECTED, "bad plot"));
        listener.on(new AggregatorEvent.MachineSuspected(miner, "bad plot"));
        listener.on(new StatisticsEvent.MachineSilent(miner, 5));
        listener.on(new StatisticsEvent.MachineBack(miner, Duration.ofSeconds(20)));
        listener.on(new StatisticsEvent.BlockWon(won));
        listener.on(new StatisticsEvent.BlockProbablyLost(
                new ProbableLoss(7, HASH, Instant.EPOCH, ACCOUNT, miner.id(), 5, 93)));
        found(new Finding.CapacityDropped(miner, drop));
        found(new Finding.CapacityRestored(miner, drop, 118.2));
        found(new Finding.PlotsOverlap(
                miner,
                new MinerId("10.0.0.2"),
                new PlotOverlap(miner.id(), "10.0.0.2", Instant.EPOCH, Instant.EPOCH, 7, 3)));

        List<String> lines = List.copyOf(log.lines);
        assertThat(lines).hasSize(10).allMatch(line -> line.contains("achine left rack (10.0.0.1/cellar)")
                || line.contains("machines left rack (10.0.0.1/cellar) and a?b (10.0.0.2) sent"));
    }

    @Test
    void misfitAndSynchronising_sayWhatToDo() {
        listener.on(new AggregatorEvent.RequestsMisfit(
                Optional.of(new UpstreamMessage("Unknown named parameter block_hash", "-8"))));
        listener.on(new AggregatorEvent.Synchronising(Optional.of("it says so itself")));

        assertThat(log.lines.get(0)).startsWith("ERROR pool cannot process our requests (error -8, Unknown named");
        assertThat(log.lines.get(1)).contains("still synchronising: it says so itself");
    }

    @Test
    void confirmed_namesAllThatCounts() {
        listener.on(event(Fate.CONFIRMED, ""));

        assertThat(log.lines)
                .containsExactly("INFO Confirmed by pool: poc_time 134 s, raw quality 4398046511104, account " + ACCOUNT
                        + ", machine 10.0.0.1/cellar, height 7, 90 ms after it came");
    }

    @Test
    void rejected_hasTheUpstreamsWordsOnOneLine() {
        listener.on(event(Fate.REJECTED, "bad\nplot"));

        assertThat(log.lines).singleElement().asString()
                .startsWith("WARNING [rejected 10.0.0.1/cellar] Rejected by pool (bad?plot): poc_time 134 s");
    }

    @Test
    void outage_isToldWithItsLength() {
        listener.on(new AggregatorEvent.UpstreamUp(Duration.ofSeconds(12)));

        assertThat(log.lines).containsExactly("INFO pool answers after 12 s");
    }

    @Test
    void clockThatWasSet_isToldInOneLine() {
        listener.on(new AggregatorEvent.ClockChanged(Duration.ofHours(-1)));
        listener.on(new AggregatorEvent.ClockChanged(Duration.ofDays(1)));

        assertThat(log.lines).hasSize(2);
        assertThat(log.lines.get(0)).startsWith("WARNING The clock of this machine was set 3600 s back,");
        assertThat(log.lines.get(1)).startsWith("WARNING The clock of this machine was set 86400 s ahead,");
    }

    @Test
    void attemptThatAnOutageSwallowed_isNoNews() {
        listener.on(Events.delayed(event(Fate.PENDING, "").nonce(), UpstreamTrouble.LOST_IN_OUTAGE));

        assertThat(log.lines).noneMatch(line -> line.startsWith("WARNING"));
    }

    @Test
    void walletLocked_saysWhatToDo() {
        listener.on(
                Events.delayed(event(Fate.PENDING, "").nonce(), UpstreamTrouble.walletLocked("passphrase needed")));

        assertThat(log.lines)
                .containsExactly(
                        "WARNING [locked] The wallet of pool is locked, nonces wait: unlock it (passphrase needed)");
    }

    @Test
    void unknownError_isReportedWithItsCode() {
        listener.on(Events.delayed(
                event(Fate.PENDING, "").nonce(), UpstreamTrouble.unknownError(new UpstreamMessage("odd", "-99"))));

        assertThat(log.lines)
                .containsExactly("WARNING [unknown -99] pool answered with an unknown error -99, trying again: odd");
    }

    @Test
    void silentMachine_isToldSummarised_withWhatToDo() {
        MinerId miner = new MinerId("10.0.0.1", "cellar");
        listener.on(new StatisticsEvent.MachineSilent(miner, 5));
        listener.on(new StatisticsEvent.MachineBack(miner, Duration.ofMinutes(11)));

        assertThat(log.lines)
                .containsExactly(
                        "WARNING [silent] Machine 10.0.0.1/cellar went silent: no nonce of it for 5 rounds. Check its"
                                + " power, network and plots.",
                        "INFO [back] Machine 10.0.0.1/cellar is back after 660 s");
    }

    @Test
    void badPlot_isNamedWithMachineAccountSeedAndNonce() {
        ReceivedNonce nonce = event(Fate.PENDING, "").nonce();
        String seed = nonce.submission().seed();
        String account = nonce.submission().accountId();
        BadPlot plot = new BadPlot("10.0.0.1", account, seed, 1, 1, 1, 1, nonce.receivedAt());
        listener.on(new StatisticsEvent.BadNonceFound(nonce, -1, plot, true));

        assertThat(log.lines)
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .startsWith("WARNING [bad plot 10.0.0.1 " + seed + "] Bad plot: machine ")
                .contains(account, "nonce " + Long.toUnsignedString(nonce.submission().nonce()))
                .endsWith("computed 18446744073709551615. Check the disk, and plot this file again.");
    }

    @Test
    void rejectedUnsent_isNoRejectionOfTheUpstream() {
        ReceivedNonce nonce = event(Fate.PENDING, "").nonce();
        listener.on(new AggregatorEvent.FateChanged(
                nonce, Fate.PENDING, Fate.REJECTED, 5, "verified", Duration.ZERO, true, true));

        assertThat(log.lines)
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .contains("Not sent to pool (verified): ")
                .doesNotContain("Rejected by");
    }

    private static WonBlock won(Optional<WonBlock.Finder> finder) {
        return new WonBlock(-1L, "ab".repeat(32), Instant.EPOCH, "cd".repeat(20), finder, false);
    }

    @Test
    void wonBlock_isToldWithItsMachine_orThatItIsNotKnown() {
        listener.on(new StatisticsEvent.BlockWon(won(Optional.of(new WonBlock.Finder("10.0.0.7", 5, 93)))));
        listener.on(new StatisticsEvent.BlockWon(won(Optional.empty())));

        assertThat(log.lines)
                .containsExactly(
                        "INFO Block won: height 18446744073709551615, account " + "cd".repeat(20)
                                + ", machine 10.0.0.7, poc_time 93 s",
                        "INFO Block won: height 18446744073709551615, account " + "cd".repeat(20)
                                + ", won with another machine or elsewhere");
    }

    @Test
    void orphanedAndLostBlocks_areWarnings() {
        listener.on(new StatisticsEvent.BlockOrphaned(won(Optional.empty()).withOrphaned(true)));
        listener.on(new StatisticsEvent.BlockOrphaned(won(Optional.empty())));
        listener.on(new StatisticsEvent.BlockProbablyLost(
                new ProbableLoss(100, "ab".repeat(32), Instant.EPOCH, "cd".repeat(20), "10.0.0.7", 5, 93)));

        assertThat(log.lines).hasSize(3);
        assertThat(log.lines.get(0)).startsWith("WARNING Block orphaned: height 18446744073709551615, account cd");
        assertThat(log.lines.get(1)).startsWith("INFO Block no longer orphaned: height ");
        assertThat(log.lines.get(2))
                .startsWith("WARNING [lost] Should have won and did not: height 100, account " + "cd".repeat(20)
                        + ", machine 10.0.0.7, poc_time 93 s. pool confirmed the nonce");
    }

    private static UpstreamTrouble away(String message) {
        return UpstreamTrouble.unreachable(message);
    }

    @Test
    void outageOfMinutes_isToldAtOnceAndThenOnceAMinuteWithACount() {
        listener.on(Events.opened(new MiningInfo(HASH, GENESIS_BASE_TARGET, 7, HASH)));
        log.lines.clear();
        listener.on(Events.down(away("refused")));
        for (int second = 1; second <= 150; second++) {
            listener.on(Events.stillDown(away("refused"), Duration.ofSeconds(second)));
        }

        assertThat(log.lines)
                .containsExactly(
                        "WARNING pool does not answer as it should: refused. Good nonces are kept and sent when it is"
                                + " back.",
                        "WARNING pool does not answer as it should, for 1 min now: refused (60 polls failed in the last"
                                + " minute)",
                        "WARNING pool does not answer as it should, for 2 min now: refused (60 polls failed in the last"
                                + " minute)");
    }

    @Test
    void outageChangesItsCause_eachIsToldOnceAMinute() {
        listener.on(Events.down(away("-28")));
        for (int second = 1; second <= 40; second++) {
            listener.on(Events.stillDown(away(second % 2 == 0 ? "HTML" : "HTTP\n503"), Duration.ofSeconds(second)));
        }

        assertThat(log.lines)
                .hasSize(3)
                .endsWith(
                        "WARNING pool does not answer as it should, now for another reason: HTTP?503",
                        "WARNING pool does not answer as it should, now for another reason: HTML");
    }

    @Test
    void outageWithAnotherCauseEachTime_isBounded() {
        listener.on(Events.down(away("first")));
        for (int second = 1; second < 60; second++) {
            listener.on(Events.stillDown(away("reason " + second), Duration.ofSeconds(second)));
        }

        assertThat(log.lines).hasSize(OutageLines.MAX_REASONS);
    }

    @Test
    void noVerdictWhileThePollsGoWell_isToldAndSummarised() {
        listener.on(Events.delayed(event(Fate.PENDING, "").nonce(), away("refused")));

        assertThat(log.lines)
                .containsExactly("WARNING [unreachable] No verdict of pool yet, the nonce is kept: refused");
    }

    @Test
    void noVerdictDuringAnOutage_addsNothing() {
        listener.on(Events.down(away("refused")));
        listener.on(Events.delayed(event(Fate.PENDING, "").nonce(), away("refused")));

        assertThat(log.lines).hasSize(1);
    }

    @Test
    void everydayTraffic_isForDebuggingAlone() {
        FateChanged filtered = event(Fate.FILTERED, "");
        listener.on(filtered);
        listener.on(Events.forwarded(filtered.nonce()));

        assertThat(log.lines).isEmpty();
    }
}
