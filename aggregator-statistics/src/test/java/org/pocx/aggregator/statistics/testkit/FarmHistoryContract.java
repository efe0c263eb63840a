package org.pocx.aggregator.statistics.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.store.StoreChange;
import org.pocx.aggregator.core.store.StoreChange.VerdictGiven;
import org.pocx.aggregator.core.store.SubmissionStore;
import org.pocx.aggregator.core.store.Verdict;
import org.pocx.aggregator.core.store.Verdict.Outcome;
import org.pocx.aggregator.core.testkit.Nonces;
import org.pocx.aggregator.core.upstream.UpstreamMessage;
import org.pocx.aggregator.statistics.history.BestNonce;
import org.pocx.aggregator.statistics.history.BlockChange;
import org.pocx.aggregator.statistics.history.BlockQuery;
import org.pocx.aggregator.statistics.history.CapacityHour;
import org.pocx.aggregator.statistics.history.EventQuery;
import org.pocx.aggregator.statistics.history.FarmEvent;
import org.pocx.aggregator.statistics.history.FarmEvent.Kind;
import org.pocx.aggregator.statistics.history.FarmHistory;
import org.pocx.aggregator.statistics.history.HistoryChange;
import org.pocx.aggregator.statistics.history.HistoryChange.BestRecorded;
import org.pocx.aggregator.statistics.history.HistoryChange.BlocksRecorded;
import org.pocx.aggregator.statistics.history.HistoryChange.CapacityHourRecorded;
import org.pocx.aggregator.statistics.history.HistoryChange.EventRecorded;
import org.pocx.aggregator.statistics.history.HistoryChange.MinuteRecorded;
import org.pocx.aggregator.statistics.history.HistoryChange.RoundRecorded;
import org.pocx.aggregator.statistics.history.HistoryPage;
import org.pocx.aggregator.statistics.history.HistoryRow;
import org.pocx.aggregator.statistics.history.HistoryStore;
import org.pocx.aggregator.statistics.history.Latencies;
import org.pocx.aggregator.statistics.history.LuckSubject;
import org.pocx.aggregator.statistics.history.MinuteRecord;
import org.pocx.aggregator.statistics.history.ProbableLoss;
import org.pocx.aggregator.statistics.history.RoundRecord;
import org.pocx.aggregator.statistics.history.SubmissionQuery;
import org.pocx.aggregator.statistics.history.SubmissionRecord;
import org.pocx.aggregator.statistics.history.WonBlock;
import org.pocx.aggregator.statistics.history.WorkCounts;

/**
 * The contract of a store's {@link FarmHistory}: extend this class for each implementation.
 *
 * @param <S> the store
 */
public abstract class FarmHistoryContract<S extends SubmissionStore & HistoryStore> {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String ACCOUNT = "a".repeat(40);
    private static final String OTHER_ACCOUNT = "b".repeat(40);
    private static final String MACHINE = "10.0.0.1";
    private static final long HUGE = Long.MIN_VALUE + 1_000_001;
    private static final WorkCounts COUNTS = new WorkCounts(21, 15, 3, 2, 1, 0);

    private S store;

    /** Opens a store that is new and empty. */
    protected abstract S open() throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    private void write(HistoryChange... changes) throws Exception {
        for (HistoryChange change : changes) {
            store.write(change).get(60, TimeUnit.SECONDS);
        }
    }

    private void write(StoreChange... changes) throws Exception {
        for (StoreChange change : changes) {
            store.write(change).get(60, TimeUnit.SECONDS);
        }
    }

    private FarmHistory history() {
        return store.history();
    }

    private List<RoundRecord> rounds(HistoryPage page) {
        return history().rounds(page).stream().map(HistoryRow::value).toList();
    }

    private List<SubmissionRecord> submissions(SubmissionQuery query) {
        return history().submissions(query).stream().map(HistoryRow::value).toList();
    }

    private static RoundRecord round(int number) {
        return new RoundRecord(
                Nonces.hash(number),
                number,
                1_000,
                NOON.plusSeconds(60L * number),
                NOON.plusSeconds(60L * number + 59),
                Optional.of(new RoundRecord.Best(number * 10L, 5, ACCOUNT, MACHINE, Outcome.CONFIRMED)),
                COUNTS,
                12.5,
                3);
    }

    private static FarmEvent event(long id, Kind kind) {
        return new FarmEvent(id, NOON.plusSeconds(id), kind, 100 + id, MACHINE, ACCOUNT, HUGE, 77, 1, "words “of” it");
    }

    private static VerdictGiven verdict(int nonce, String account, long height, long rawQuality, Outcome outcome) {
        NonceSubmission submission = NonceSubmission.builder()
                .blockHash(Nonces.hash(1))
                .height(height)
                .generationSignature(Nonces.hash(2))
                .baseTarget(4_711)
                .accountId(account)
                .seed(Nonces.hash(3))
                .nonce(nonce)
                .compression(1)
                .rawQuality(rawQuality)
                .build();
        return new VerdictGiven(new Verdict(new ReceivedNonce(submission, new MinerId(MACHINE), NOON), outcome,
                rawQuality, new UpstreamMessage("bad plot", "-26"), outcome == Outcome.REJECTED, NOON.plusSeconds(1)));
    }

    private static BestRecorded best(String account, String machine, long height, long rawQuality) {
        return new BestRecorded(new BestNonce(account, machine, height, rawQuality, NOON));
    }

    private static SubmissionQuery with(Outcome outcome) {
        return SubmissionQuery.builder(HistoryPage.newest(100)).outcome(outcome).build();
    }

    @Test
    void newHistory_isEmpty() {
        assertThat(rounds(HistoryPage.newest(10))).isEmpty();
        assertThat(submissions(SubmissionQuery.bests(HistoryPage.newest(10)))).isEmpty();
        assertThat(history().events(EventQuery.all(HistoryPage.newest(10)))).isEmpty();
    }

    @Test
    void rounds_comeNewestFirstAsRecorded() throws Exception {
        write(new RoundRecorded(round(1)), new RoundRecorded(round(2)), new RoundRecorded(round(3)));

        assertThat(rounds(HistoryPage.newest(2))).containsExactly(round(3), round(2));
    }

    @Test
    void roundWithUnsignedAndUnknownFigures_isReadExactly() throws Exception {
        RoundRecord odd = new RoundRecord(
                Nonces.hash(9),
                HUGE,
                -1,
                NOON,
                NOON,
                Optional.of(new RoundRecord.Best(HUGE, -1, ACCOUNT, "fe80::1%eth0", null)),
                WorkCounts.NONE,
                Double.NaN,
                0);
        RoundRecord empty = new RoundRecord(
                Nonces.hash(8), 1, 1, NOON, NOON, Optional.empty(), WorkCounts.NONE, 0, 0);
        write(new RoundRecorded(odd), new RoundRecorded(empty));

        assertThat(rounds(HistoryPage.newest(2))).containsExactly(empty, odd);
    }

    @Test
    void roundRecordedAgain_isReplacedButForItsBegin() throws Exception {
        write(new RoundRecorded(round(1)), new RoundRecorded(round(2)));
        RoundRecord later = new RoundRecord(
                Nonces.hash(1), 1, 1_000, NOON.plusSeconds(999), NOON.plusSeconds(1_000), Optional.empty(), COUNTS, 1,
                1);
        write(new RoundRecorded(later));

        RoundRecord found = rounds(HistoryPage.newest(2)).getLast();
        assertThat(found.begunAt()).isEqualTo(round(1).begunAt());
        assertThat(found.until()).isEqualTo(later.until());
        assertThat(found.best()).isEmpty();
    }

    @Test
    void pages_followEachOtherByIdAndByOffset() throws Exception {
        for (int i = 1; i <= 7; i++) {
            write(new RoundRecorded(round(i)));
        }
        List<HistoryRow<RoundRecord>> first = history().rounds(HistoryPage.newest(3));
        write(new RoundRecorded(round(8)));

        assertThat(rounds(new HistoryPage(first.getLast().id(), 0, 3))).containsExactly(round(4), round(3), round(2));
        assertThat(rounds(new HistoryPage(Long.MAX_VALUE, 6, 3))).containsExactly(round(2), round(1));
        assertThat(rounds(new HistoryPage(Long.MAX_VALUE, 99, 3))).isEmpty();
    }

    @Test
    void roundsFromATime_comeInOrder() throws Exception {
        write(new RoundRecorded(round(3)), new RoundRecorded(round(1)), new RoundRecorded(round(2)));
        List<RoundRecord> found = new ArrayList<>();

        history().readRounds(round(2).begunAt(), found::add);

        assertThat(found).containsExactly(round(2), round(3));
    }

    @Test
    void minutesFromATime_comeInOrderAsRecorded() throws Exception {
        List<MinuteRecord> written = new ArrayList<>();
        for (int i = 5; i >= 0; i--) {
            MinuteRecord minute = new MinuteRecord(
                    NOON.plus(Duration.ofMinutes(i)), COUNTS, Latencies.of(0, i, 7), i == 2 ? Double.NaN : i, i);
            written.addFirst(minute);
            write(new MinuteRecorded(minute));
        }
        List<MinuteRecord> found = new ArrayList<>();

        history().readMinutes(NOON.plus(Duration.ofMinutes(1)).plusNanos(1), found::add);

        assertThat(found).isEqualTo(written.subList(2, 6));
    }

    @Test
    void minuteRecordedAgain_isReplaced() throws Exception {
        write(new MinuteRecorded(MinuteRecord.empty(NOON)));
        MinuteRecord later = new MinuteRecord(NOON, COUNTS, Latencies.of(1), 5, 6);
        write(new MinuteRecorded(later));
        List<MinuteRecord> found = new ArrayList<>();

        history().readMinutes(NOON, found::add);

        assertThat(found).containsExactly(later);
    }

    private static CapacityHour hour(String machine, int number, double tib) {
        return new CapacityHour(machine, NOON.plus(Duration.ofHours(number)), 28, 27, tib);
    }

    private List<CapacityHour> hours(String machine, Instant from) {
        List<CapacityHour> read = new ArrayList<>();
        history().readCapacityHours(machine, from, read::add);
        return read;
    }

    @Test
    void hoursOfAMachineFromATime_comeInOrderAsRecorded() throws Exception {
        write(
                new CapacityHourRecorded(hour(MACHINE, 2, 47.5)),
                new CapacityHourRecorded(hour(MACHINE, 0, 10)),
                new CapacityHourRecorded(hour(MACHINE, 1, Double.POSITIVE_INFINITY)),
                new CapacityHourRecorded(hour("10.0.0.2", 1, 99)));

        assertThat(hours(MACHINE, NOON.plus(Duration.ofHours(1))))
                .containsExactly(hour(MACHINE, 1, Double.POSITIVE_INFINITY), hour(MACHINE, 2, 47.5));
        assertThat(hours(MACHINE, NOON.plus(Duration.ofHours(1)).plusNanos(1))).containsExactly(hour(MACHINE, 2, 47.5));
        assertThat(hours(MACHINE, NOON)).hasSize(3);
        assertThat(hours("10.0.0.3", Instant.EPOCH)).isEmpty();
    }

    @Test
    void hourRecordedAgain_isReplaced() throws Exception {
        write(new CapacityHourRecorded(hour(MACHINE, 0, 10)), new CapacityHourRecorded(hour(MACHINE, 0, 20)));

        assertThat(hours(MACHINE, NOON)).containsExactly(hour(MACHINE, 0, 20));
    }

    @Test
    void events_comeNewestFirstAsRecorded() throws Exception {
        write(new EventRecorded(event(1, Kind.STARTED)), new EventRecorded(event(2, Kind.REJECTED)));

        assertThat(history().events(EventQuery.all(HistoryPage.newest(10))))
                .containsExactly(event(2, Kind.REJECTED), event(1, Kind.STARTED));
    }

    @Test
    void events_areFoundByKindTimeAndId() throws Exception {
        for (int i = 1; i <= 6; i++) {
            write(new EventRecorded(event(i, i % 2 == 0 ? Kind.CONFIRMED : Kind.NEW_ROUND)));
        }
        HistoryPage page = HistoryPage.newest(10);

        assertThat(history().events(new EventQuery(page, 0, Instant.MIN, Set.of(Kind.CONFIRMED))))
                .extracting(FarmEvent::id)
                .containsExactly(6L, 4L, 2L);
        assertThat(history().events(new EventQuery(page, 4, Instant.MIN, Set.of())))
                .extracting(FarmEvent::id)
                .containsExactly(6L, 5L);
        assertThat(history().events(new EventQuery(page, 0, NOON.plusSeconds(5), Set.of())))
                .extracting(FarmEvent::id)
                .containsExactly(6L, 5L);
        assertThat(history().events(new EventQuery(new HistoryPage(4, 1, 1), 0, Instant.MIN, Set.of())))
                .extracting(FarmEvent::id)
                .containsExactly(2L);
    }

    @Test
    void bests_haveTheVerdictThatIsAboutThem() throws Exception {
        write(
                best(ACCOUNT, MACHINE, 100, 500),
                best(OTHER_ACCOUNT, MACHINE, 100, 600));
        write(
                verdict(1, ACCOUNT, 100, 500, Outcome.CONFIRMED),
                verdict(2, OTHER_ACCOUNT, 100, 599, Outcome.REJECTED));

        List<SubmissionRecord> found = submissions(SubmissionQuery.bests(HistoryPage.newest(10)));

        assertThat(found).extracting(SubmissionRecord::rawQuality).containsExactly(600L, 500L);
        assertThat(found.getFirst().ending()).isEmpty();
        assertThat(found.getLast().ending().orElseThrow())
                .isEqualTo(new SubmissionRecord.Ending(
                        Outcome.CONFIRMED, 4_711, new UpstreamMessage("bad plot", "-26"), NOON.plusSeconds(1)));
    }

    @Test
    void bestsWithUnsignedQualities_areReadExactly() throws Exception {
        write(best(ACCOUNT, MACHINE, 100, HUGE), best(ACCOUNT, MACHINE, 101, -1));
        write(verdict(1, ACCOUNT, 100, HUGE, Outcome.CONFIRMED));

        List<SubmissionRecord> found = submissions(SubmissionQuery.bests(HistoryPage.newest(10)));

        assertThat(found).extracting(SubmissionRecord::rawQuality).containsExactly(-1L, HUGE);
        assertThat(found.getLast().ending()).isPresent();
    }

    @Test
    void bests_areFoundByAccountMachineAndHeight() throws Exception {
        write(best(ACCOUNT, MACHINE, 100, 1), best(ACCOUNT, "10.0.0.2", 101, 2), best(OTHER_ACCOUNT, MACHINE, 101, 3));
        HistoryPage page = HistoryPage.newest(10);

        assertThat(submissions(SubmissionQuery.builder(page).accountId(ACCOUNT).build()))
                .extracting(SubmissionRecord::rawQuality)
                .containsExactly(2L, 1L);
        assertThat(submissions(SubmissionQuery.builder(page).machine(MACHINE).height(101).build()))
                .extracting(SubmissionRecord::rawQuality)
                .containsExactly(3L);
        assertThat(submissions(SubmissionQuery.builder(page).accountId("' OR 1=1 --").build()))
                .isEmpty();
    }

    @Test
    void verdicts_areFoundByTheirOutcome() throws Exception {
        write(
                verdict(1, ACCOUNT, 100, 5, Outcome.REJECTED),
                verdict(2, ACCOUNT, 100, HUGE, Outcome.CONFIRMED),
                verdict(3, OTHER_ACCOUNT, HUGE, 7, Outcome.REJECTED));

        assertThat(submissions(with(Outcome.REJECTED)))
                .extracting(SubmissionRecord::rawQuality)
                .containsExactly(7L, 5L);
        assertThat(submissions(with(Outcome.REJECTED)))
                .extracting(SubmissionRecord::height)
                .containsExactly(HUGE, 100L);
        assertThat(submissions(with(Outcome.CONFIRMED)).getFirst().ending().orElseThrow().outcome())
                .isEqualTo(Outcome.CONFIRMED);
        assertThat(submissions(
                SubmissionQuery.builder(HistoryPage.newest(10)).accountId("no hex").outcome(Outcome.REJECTED).build()))
                .isEmpty();
    }

    // ---- blocks

    private static WonBlock win(long height, String account, Optional<WonBlock.Finder> finder) {
        return new WonBlock(height, Nonces.hash((int) height), NOON.plusSeconds((int) height), account, finder, false);
    }

    private static WonBlock win(long height) {
        return win(height, ACCOUNT, Optional.of(new WonBlock.Finder(MACHINE, HUGE, 77)));
    }

    private static HistoryChange wins(WonBlock... blocks) {
        return new BlocksRecorded(new BlockChange(
                List.of(blocks), List.of(), List.of(), List.of(), List.of(), Optional.empty()));
    }

    private static ProbableLoss loss(long height) {
        return new ProbableLoss(height, Nonces.hash((int) height), NOON.plusSeconds((int) height), ACCOUNT, MACHINE, HUGE, 77);
    }

    private static HistoryChange losses(List<ProbableLoss> added, List<ProbableLoss> withdrawn) {
        return new BlocksRecorded(
                new BlockChange(List.of(), added, withdrawn, List.of(), List.of(), Optional.empty()));
    }

    private List<WonBlock> wonBlocks(HistoryPage page, LuckSubject subject) {
        return history().wonBlocks(new BlockQuery(page, subject)).stream()
                .map(HistoryRow::value)
                .toList();
    }

    @Test
    void wonBlocks_beginWithTheLastOne_inPages() throws Exception {
        for (int height = 1; height <= 25; height++) {
            write(wins(win(height)));
        }
        List<HistoryRow<WonBlock>> first =
                history().wonBlocks(new BlockQuery(HistoryPage.newest(10), LuckSubject.FARM));
        List<WonBlock> second = wonBlocks(new HistoryPage(first.getLast().id(), 0, 10), LuckSubject.FARM);

        assertThat(first).extracting(row -> row.value().height()).startsWith(25L).hasSize(10);
        assertThat(second).extracting(WonBlock::height).startsWith(15L).endsWith(6L).hasSize(10);
        assertThat(wonBlocks(new HistoryPage(Long.MAX_VALUE, 24, 10), LuckSubject.FARM)).containsExactly(win(1));
    }

    @Test
    void wonBlockThatIsOrphaned_keepsItsPlace() throws Exception {
        write(wins(win(1), win(2)), wins(win(1).withOrphaned(true)));

        assertThat(wonBlocks(HistoryPage.newest(10), LuckSubject.FARM))
                .containsExactly(win(2), win(1).withOrphaned(true));
    }

    @Test
    void wonBlocks_areFoundByAccountAndMachine() throws Exception {
        WonBlock elsewhere = win(2, OTHER_ACCOUNT, Optional.empty());
        write(wins(win(1), elsewhere, win(HUGE)));

        HistoryPage all = HistoryPage.newest(10);
        assertThat(wonBlocks(all, LuckSubject.account(ACCOUNT))).containsExactly(win(HUGE), win(1));
        assertThat(wonBlocks(all, LuckSubject.account(OTHER_ACCOUNT))).containsExactly(elsewhere);
        assertThat(wonBlocks(all, LuckSubject.machine(MACHINE))).containsExactly(win(HUGE), win(1));
        assertThat(wonBlocks(all, LuckSubject.machine("nobody"))).isEmpty();
    }

    @Test
    void probableLosses_beginWithTheLastOne_withoutWithdrawnOnes() throws Exception {
        write(losses(List.of(loss(1), loss(2), loss(3)), List.of()));
        write(losses(List.of(loss(HUGE)), List.of(loss(2))));

        assertThat(history().probableLosses(2)).containsExactly(loss(HUGE), loss(3));
        assertThat(history().probableLosses(10)).containsExactly(loss(HUGE), loss(3), loss(1));
    }
}
