package org.pocx.aggregator.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.pocx.aggregator.core.testkit.Nonces.account;
import static org.pocx.aggregator.core.testkit.Nonces.hash;
import static org.pocx.aggregator.core.testkit.Nonces.nonce;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.event.AggregatorEvent;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.store.StoreChange;
import org.pocx.aggregator.core.store.Verdict;
import org.pocx.aggregator.core.testkit.Events;
import org.pocx.aggregator.core.testkit.ManualScheduler;
import org.pocx.aggregator.core.testkit.SettableClock;
import org.pocx.aggregator.core.upstream.UpstreamMessage;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;
import org.pocx.aggregator.statistics.history.BlockQuery;
import org.pocx.aggregator.statistics.history.EventQuery;
import org.pocx.aggregator.statistics.history.FarmEvent;
import org.pocx.aggregator.statistics.history.HistoryPage;
import org.pocx.aggregator.statistics.history.HistoryRow;
import org.pocx.aggregator.statistics.history.InMemoryFarmStore;
import org.pocx.aggregator.statistics.history.LuckSubject;
import org.pocx.aggregator.statistics.history.WonBlock;

/** Won blocks in the statistics, from the events of an aggregator to the store. */
class WonBlocksTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final MinerId RIG = new MinerId("10.0.0.7");
    private static final MinerId OTHER_RIG = new MinerId("10.0.0.8");
    private static final UpstreamTrouble AWAY = UpstreamTrouble.unreachable("connection refused");

    /** Signatures of a running node: see the vectors. The account wins twice. */
    private static final String WINNER = "47cf70083047312a08be138e747a695b6801c433";

    private static final List<String> SIGNATURES = List.of(
            "95e1ac103a82c28767b7d0bee9fef5c25f413507db0fc2f4de416cf0e601f1a2",
            "3c893405af54c1ae4b694d85d80737598e1c80729255916e1a9c9530a4df4395",
            "97b1107a5dc868d637085dca29fd33c010d937544e4a77b74ad2f4e0b7d92d22",
            "c63b390dbcbfb5898565b5be05f2341865d092283b35691f95569e0ca666e30b");

    /** A network of 2^42 / 120 / 2^29 = 68.3 TiB. */
    private static final long BASE_TARGET = 1L << 29;

    private final ManualScheduler scheduler = new ManualScheduler();
    private final SettableClock clock = new SettableClock(NOON);
    private final InMemoryFarmStore store = new InMemoryFarmStore();
    private final List<StatisticsEvent> found = new ArrayList<>();
    private FarmStatistics statistics = start();

    private FarmStatistics start() {
        FarmStatistics started = FarmStatistics.builder()
                .store(store)
                .scheduler(scheduler)
                .clock(clock)
                .listener(found::add)
                .build();
        started.on(new AggregatorEvent.Started(store.load(clock.instant())));
        return started;
    }

    private void pass(long seconds) {
        clock.advance(Duration.ofSeconds(seconds));
        scheduler.advance(Duration.ofSeconds(seconds));
    }

    /** The round at that place of the list of signatures. */
    private static MiningInfo round(int number) {
        return new MiningInfo(SIGNATURES.get(number), BASE_TARGET, 1 + number, hash(number));
    }

    private void announce(MiningInfo info) {
        store.write(new StoreChange.RoundAnnounced(info, clock.instant())).join();
        statistics.on(Events.opened(info));
        scheduler.advance(Duration.ZERO);
    }

    private NonceSubmission confirm(MiningInfo info, String accountId, MinerId miner, long rawQuality) {
        NonceSubmission submission = nonce(info, 1, rawQuality, rawQuality).toBuilder()
                .accountId(accountId)
                .build();
        move(submission, miner, null, Fate.PENDING);
        move(submission, miner, Fate.PENDING, Fate.CONFIRMED);
        store.write(new StoreChange.VerdictGiven(new Verdict(
                new ReceivedNonce(submission, miner, clock.instant()),
                Verdict.Outcome.CONFIRMED,
                rawQuality,
                UpstreamMessage.NONE,
                false,
                clock.instant())))
                .join();
        return submission;
    }

    private void move(NonceSubmission submission, MinerId miner, @Nullable Fate before, Fate after) {
        statistics.on(Events.fateChanged(
                submission, miner, before, after, submission.rawQuality(), "", clock.instant(), Duration.ZERO));
    }

    private List<WonBlock> wins() {
        return store.history().wonBlocks(new BlockQuery(HistoryPage.newest(100), LuckSubject.FARM)).stream()
                .map(HistoryRow::value)
                .toList();
    }

    private <E extends StatisticsEvent> List<E> found(Class<E> kind) {
        return found.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** A quality with a poc_time of about 100 s. */
    private static long quality() {
        return 40_000_000_000L;
    }

    @Test
    void win_isReported_recordedAndCounted() {
        announce(round(0));
        confirm(round(0), WINNER, RIG, quality());
        confirm(round(0), account(5), OTHER_RIG, quality() * 2);
        pass(100);
        announce(round(1));

        WonBlock block = found(StatisticsEvent.BlockWon.class).getFirst().block();
        assertThat(block.height()).isEqualTo(1);
        assertThat(block.accountId()).isEqualTo(WINNER);
        assertThat(block.finder()).map(WonBlock.Finder::machine).contains(RIG.address());
        assertThat(wins()).containsExactly(block);
        assertThat(won(LuckSubject.FARM)).isEqualTo(1);
        assertThat(won(LuckSubject.account(WINNER))).isEqualTo(1);
        assertThat(won(LuckSubject.machine(RIG.address()))).isEqualTo(1);
        assertThat(won(LuckSubject.machine(OTHER_RIG.address()))).isZero();
    }

    private long won(LuckSubject subject) {
        return statistics.blocks().of(subject).all().won();
    }

    private double expected(LuckSubject subject) {
        return statistics.blocks().of(subject).all().expected();
    }

    @Test
    void events_nameTheWin_andWhoWonIt() {
        announce(round(0));
        confirm(round(0), WINNER, RIG, quality());
        pass(100);
        announce(round(1));
        confirm(round(1), WINNER, RIG, quality());
        announce(round(2)); // at once, which does not fit

        List<FarmEvent> events = store.history().events(EventQuery.all(HistoryPage.newest(100))).stream()
                .filter(event -> event.kind() == FarmEvent.Kind.BLOCK_WON)
                .toList()
                .reversed();
        assertThat(events).extracting(FarmEvent::height).containsExactly(1L, 2L);
        assertThat(events).extracting(FarmEvent::machine).containsExactly(RIG.address(), "");
        assertThat(events).extracting(FarmEvent::words)
                .containsExactly("", "won with another machine or elsewhere");
    }

    @Test
    void expectedWins_followFromTheUnbiasedCapacity_ofThoseThatMined() {
        double network = 0x1p42 / 120 / BASE_TARGET;
        announce(round(0));
        confirm(round(0), WINNER, RIG, quality());
        announce(round(1));
        double first = Math.exp(-quality() * network / 0x1p42);
        assertThat(expected(LuckSubject.FARM)).as("a single block").isCloseTo(first, within(1e-9));

        confirm(round(1), WINNER, RIG, 3 * quality());
        announce(round(2));

        double second = 0x1p42 / (4.0 * quality()) / network; // (n - 1) / S of two blocks
        assertThat(expected(LuckSubject.FARM)).isCloseTo(first + second, within(1e-9));
        assertThat(expected(LuckSubject.machine(RIG.address()))).isCloseTo(first + second, within(1e-9));
        assertThat(statistics.blocks().all(LuckSubject.Kind.MACHINE)).hasSize(1);

        announce(round(3));
        assertThat(expected(LuckSubject.FARM)).as("no nonce in that round").isCloseTo(first + second, within(1e-9));
    }

    @Test
    void countedBlocks_arePublished() {
        announce(round(0));
        announce(round(1));
        announce(round(3));

        assertThat(found(StatisticsEvent.BlocksCounted.class))
                .containsExactly(new StatisticsEvent.BlocksCounted(0, 0), new StatisticsEvent.BlocksCounted(0, 2));
        assertThat(statistics.blocks().unseenBlocks()).isEqualTo(2);
    }

    @Test
    void forkThatTakesTheWinBack_isReported_andUncounted() {
        announce(round(0));
        confirm(round(0), WINNER, RIG, quality());
        pass(100);
        announce(round(1));
        announce(new MiningInfo(hash(0xf1), BASE_TARGET, 2, hash(0xf1)));
        announce(new MiningInfo(hash(0xf2), BASE_TARGET, 3, hash(0xf2)));

        assertThat(found(StatisticsEvent.BlockOrphaned.class)).hasSize(1);
        assertThat(wins()).extracting(WonBlock::orphaned).containsExactly(true);
        assertThat(won(LuckSubject.FARM)).isZero();
        assertThat(won(LuckSubject.machine(RIG.address()))).isZero();
    }

    @Test
    void probableLoss_isReportedAndRecorded() {
        announce(round(0));
        confirm(round(0), WINNER, RIG, quality());
        pass(400);
        announce(new MiningInfo(hash(0xf1), BASE_TARGET, 2, hash(0xf1)));

        assertThat(found(StatisticsEvent.BlockProbablyLost.class)).hasSize(1);
        assertThat(store.history().probableLosses(10))
                .containsExactly(
                        found(StatisticsEvent.BlockProbablyLost.class).getFirst().loss());
    }

    @Test
    void failedPoll_preventsALoss() {
        announce(round(0));
        statistics.on(new AggregatorEvent.UpstreamUp(Duration.ZERO));
        confirm(round(0), WINNER, RIG, quality());
        statistics.on(Events.down(AWAY));
        pass(1);
        statistics.on(new AggregatorEvent.UpstreamUp(Duration.ofSeconds(1)));
        pass(400);
        announce(new MiningInfo(hash(0xf1), BASE_TARGET, 2, hash(0xf1)));

        assertThat(found(StatisticsEvent.BlockProbablyLost.class)).isEmpty();
    }

    // ---- restarts

    @Test
    void restart_keepsWinsLuckAndUnseenBlocks() {
        announce(round(0));
        confirm(round(0), WINNER, RIG, quality());
        announce(round(1));
        confirm(round(1), WINNER, RIG, quality());
        announce(round(2));
        announce(new MiningInfo(hash(0xf1), BASE_TARGET, 6, hash(0xf1)));
        pass(2);
        LuckReport farm = statistics.blocks().of(LuckSubject.FARM);
        List<LuckReport> machines = statistics.blocks().all(LuckSubject.Kind.MACHINE);

        statistics = start(); // without an end of the first one, as after a kill

        assertThat(farm.all().won()).isEqualTo(2);
        assertThat(statistics.blocks().of(LuckSubject.FARM)).isEqualTo(farm);
        assertThat(statistics.blocks().all(LuckSubject.Kind.MACHINE)).isEqualTo(machines);
        assertThat(statistics.blocks().unseenBlocks()).isEqualTo(3);
    }

    @Test
    void blockThatIsWonDuringARestart_isFound() {
        announce(round(0));
        confirm(round(0), WINNER, RIG, quality());
        pass(60);
        found.clear();

        statistics = start();
        pass(40);
        announce(round(1));

        assertThat(found(StatisticsEvent.BlockWon.class)).hasSize(1);
        assertThat(wins().getFirst().finder()).map(WonBlock.Finder::machine).contains(RIG.address());
    }

    @Test
    void restartAfterAWin_doesNotReportItAgain() {
        announce(round(0));
        confirm(round(0), WINNER, RIG, quality());
        announce(round(1));
        found.clear();

        statistics = start();
        announce(round(1));
        announce(round(2));

        assertThat(found(StatisticsEvent.BlockWon.class)).isEmpty();
        assertThat(wins()).hasSize(1);
        assertThat(won(LuckSubject.FARM)).isEqualTo(1);
    }

    @Test
    void databaseOfAVersionThatDidNotFindWins_isTakenOverWithItsOpenRounds() {
        store.write(new StoreChange.RoundAnnounced(round(0), NOON)).join();
        store.write(new StoreChange.VerdictGiven(new Verdict(
                new ReceivedNonce(
                        nonce(round(0), 1, 5, quality()).toBuilder().accountId(WINNER).build(), RIG, NOON),
                Verdict.Outcome.CONFIRMED,
                quality(),
                UpstreamMessage.NONE,
                false,
                NOON)))
                .join();
        statistics = start();
        pass(100);
        announce(round(1));

        assertThat(wins()).hasSize(1);
        assertThat(statistics.blocks().unseenBlocks()).isZero();
    }

    @Test
    void end_writesAllLuck() {
        announce(round(0));
        announce(round(1));
        for (int number = 0; number < 2; number++) {
            for (int i = 0; i < 400; i++) {
                confirm(round(number), account(i), new MinerId("10.0.1." + i), quality() + i);
            }
            announce(round(number + 1));
        }
        statistics.on(new AggregatorEvent.Stopped());

        assertThat(store.readBlocks().luck()).hasSize(1 + 400 + 400);
    }
}
