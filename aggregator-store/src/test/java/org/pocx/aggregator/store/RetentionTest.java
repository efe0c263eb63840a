package org.pocx.aggregator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.store.Fixtures.ANNOUNCED;
import static org.pocx.aggregator.store.Fixtures.NOW;
import static org.pocx.aggregator.store.Fixtures.await;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.ReceivedNonce;
import org.pocx.aggregator.core.store.StoreChange;
import org.pocx.aggregator.core.store.StoreChange.OutboxPut;
import org.pocx.aggregator.core.store.StoreChange.RoundAnnounced;
import org.pocx.aggregator.core.store.StoreChange.RoundClosed;
import org.pocx.aggregator.core.store.StoreChange.VerdictGiven;
import org.pocx.aggregator.core.store.Verdict;
import org.pocx.aggregator.core.store.Verdict.Outcome;
import org.pocx.aggregator.core.upstream.UpstreamMessage;
import org.pocx.aggregator.jdbc.ChangeWriter;
import org.pocx.aggregator.jdbc.Retention;
import org.pocx.aggregator.jdbc.Sql;
import org.pocx.aggregator.statistics.history.BestNonce;
import org.pocx.aggregator.statistics.history.CapacityHour;
import org.pocx.aggregator.statistics.history.DetectorState;
import org.pocx.aggregator.statistics.history.FarmEvent;
import org.pocx.aggregator.statistics.history.HistoryChange;
import org.pocx.aggregator.statistics.history.HistoryChange.BestRecorded;
import org.pocx.aggregator.statistics.history.HistoryChange.EventRecorded;
import org.pocx.aggregator.statistics.history.HistoryChange.MinuteRecorded;
import org.pocx.aggregator.statistics.history.HistoryChange.RoundRecorded;
import org.pocx.aggregator.statistics.history.MinuteRecord;
import org.pocx.aggregator.statistics.history.RoundRecord;
import org.pocx.aggregator.statistics.history.WorkCounts;

/** Seven days of 720 blocks: heights below the highest - 5,040 are old, and so are times before the 22nd. */
class RetentionTest {
    private static final Instant OLD = NOW.minus(Duration.ofDays(8));
    private static final Instant RECENT = NOW.minus(Duration.ofDays(6));
    private static final long HIGHEST = 100_000;
    private static final long OLD_HEIGHT = HIGHEST - 5_041;
    private static final long RECENT_HEIGHT = HIGHEST - 5_040;

    @TempDir Path folder;

    private Path file;
    private Sql sql;
    private ChangeWriter writer;

    @BeforeEach
    void createDatabase() throws Exception {
        file = folder.resolve("aggregator.db");
        SqliteSubmissionStore.open(Fixtures.settings(file)).close();
        sql = new Sql(new FileConnections(file).writer());
        writer = new ChangeWriter(sql, Database.DIALECT);
        record(HIGHEST, NOW);
    }

    @AfterEach
    void closeDatabase() throws Exception {
        sql.close();
    }

    @Test
    void rowOldByHeightAndTime_isDeleted() throws Exception {
        record(OLD_HEIGHT, OLD);
        retain(7);

        assertThat(rows("submissions")).isEqualTo(1);
    }

    @Test
    void rowOldByTimeAlone_stays() throws Exception {
        record(RECENT_HEIGHT, OLD);
        retain(7);

        assertThat(rows("submissions")).isEqualTo(2);
    }

    @Test
    void rowOldByHeightAlone_stays() throws Exception {
        record(OLD_HEIGHT, RECENT);
        retain(7);

        assertThat(rows("submissions")).isEqualTo(2);
    }

    @Test
    void absurdHeight_costsNoRecentRow() throws Exception {
        record(OLD_HEIGHT, RECENT);
        record(Long.MAX_VALUE, NOW);
        record(-1L, NOW);
        retain(7);

        assertThat(rows("submissions")).isEqualTo(3);
        assertThat(rows("pocx_wide_bests")).isEqualTo(1);
    }

    @Test
    void clockThatWentAhead_costsNoRowOfTheLastBlocks() throws Exception {
        record(RECENT_HEIGHT, RECENT);
        retain(7, NOW.plus(Duration.ofDays(10_000)));

        assertThat(rows("submissions")).isEqualTo(2);
    }

    @Test
    void oldRowWithAnInvalidTime_isDeleted() throws Exception {
        record(OLD_HEIGHT, OLD);
        sql.update("UPDATE submissions SET timestamp = 'once' WHERE height = ?", OLD_HEIGHT);
        retain(7);

        assertThat(rows("submissions")).isEqualTo(1);
    }

    @Test
    void oldRowWithAWideQuality_isDeletedWithItsExactValue() throws Exception {
        writer.apply(new BestRecorded(new BestNonce(Fixtures.ACCOUNT, "10.0.0.9", OLD_HEIGHT, -1L, OLD)));
        retain(7);

        assertThat(rows("submissions")).isEqualTo(1);
        assertThat(rows("pocx_wide_bests")).isZero();
    }

    @Test
    void retentionOfZeroDays_keepsForEver() throws Exception {
        record(1, OLD);
        write(ANNOUNCED, verdict(OLD), new RoundClosed(Fixtures.ROUND.blockHash()));
        retain(0);

        assertThat(rows("submissions")).isEqualTo(2);
        assertThat(rows("pocx_outcomes")).isEqualTo(1);
        assertThat(rows("pocx_rounds")).isEqualTo(1);
    }

    @Test
    void oldVerdictsAndRounds_goOnceClosed() throws Exception {
        write(new RoundAnnounced(Fixtures.ROUND, OLD), verdict(OLD));
        retain(7);
        assertThat(rows("pocx_outcomes")).isEqualTo(1);

        write(new RoundClosed(Fixtures.ROUND.blockHash()));
        retain(7);

        assertThat(rows("pocx_outcomes")).isZero();
        assertThat(rows("pocx_rounds")).isZero();
        assertThat(rows("pocx_announcements")).isZero();
    }

    @Test
    void recentVerdictsAndRounds_stay() throws Exception {
        write(new RoundAnnounced(Fixtures.ROUND, RECENT), verdict(RECENT), new RoundClosed(Fixtures.ROUND.blockHash()));
        retain(7);

        assertThat(rows("pocx_outcomes")).isEqualTo(1);
        assertThat(rows("pocx_rounds")).isEqualTo(1);
        assertThat(rows("pocx_announcements")).isEqualTo(1);
    }

    @Test
    void outboxOfAClosedRound_isDeletedAfterADay() throws Exception {
        write(outbox(1, NOW.minus(Duration.ofHours(25))), outbox(2, NOW.minus(Duration.ofHours(23))));
        retain(0);

        assertThat(rows("pocx_outbox")).isEqualTo(1);
    }

    @Test
    void oldOutboxOfAnOpenRound_isKept() throws Exception {
        write(ANNOUNCED, outbox(1, OLD));
        retain(7);

        assertThat(rows("pocx_outbox")).isEqualTo(1);
    }

    @Test
    void machineConfirmedLongAgo_isDeleted() throws Exception {
        write(verdict(NOW.minus(Duration.ofHours(26))));
        retain(0);

        assertThat(rows("pocx_confirmed_machines")).isZero();
    }

    @Test
    void statesOfDetectorsOlderThan30Days_go() throws Exception {
        write(detector("a", NOW.minus(Duration.ofDays(31))), detector("b", NOW.minus(Duration.ofDays(29))));
        retain(0);

        assertThat(rows("pocx_detectors")).isEqualTo(1);
    }

    private static HistoryChange detector(String subject, Instant at) {
        return new HistoryChange.DetectorRecorded(new DetectorState("capacity", subject, at, ""));
    }

    @Test
    void hoursOlderThan8Days_go() throws Exception {
        write(hour(NOW.minus(Duration.ofDays(9))), hour(NOW.minus(Duration.ofDays(7))));
        retain(0);

        assertThat(rows("pocx_machine_hours")).isEqualTo(1);
    }

    private static HistoryChange hour(Instant at) {
        return new HistoryChange.CapacityHourRecorded(
                new CapacityHour("10.0.0.1", at.truncatedTo(ChronoUnit.HOURS), 30, 30, 5));
    }

    @Test
    void eventsOlderThanADay_go() throws Exception {
        write(event(1, NOW.minus(Duration.ofHours(25))), event(2, NOW.minus(Duration.ofHours(23))));
        retain(0);

        assertThat(rows("pocx_events")).isEqualTo(1);
    }

    @Test
    void moreEventsThanADayMayHave_goFromTheOldestOn() throws Exception {
        write(event(1, NOW), event(2, NOW), event(Retention.MAX_EVENTS + 1, NOW));
        retain(0);

        assertThat(sql.number("SELECT min(id) FROM pocx_events")).isEqualTo(2);
    }

    @Test
    void oldMinutesAndRounds_go() throws Exception {
        write(minute(OLD), minute(RECENT), round(1, OLD), round(2, RECENT));
        retain(7);

        assertThat(rows("pocx_minutes")).isEqualTo(1);
        assertThat(rows("pocx_round_records")).isEqualTo(1);
    }

    @Test
    void wonBlocks_stayForEver_upToTheirLimit() throws Exception {
        sql.update("INSERT INTO pocx_won_blocks VALUES (1, 1, x'01', 0, x'02', NULL, NULL, NULL, 0)");
        sql.update("INSERT INTO pocx_won_blocks VALUES (2, 2, x'01', 0, x'02', NULL, NULL, NULL, 0)");
        sql.update("INSERT INTO pocx_probable_losses VALUES (1, 1, x'01', 0, x'02', 'm', 1, 1)");
        retain(7);
        assertThat(rows("pocx_won_blocks")).isEqualTo(2);
        assertThat(rows("pocx_probable_losses")).isEqualTo(1);

        sql.update(
                "INSERT INTO pocx_won_blocks VALUES (?, 3, x'01', 0, x'02', NULL, NULL, NULL, 0)",
                Retention.MAX_WON_BLOCKS + 1);
        sql.update(
                "INSERT INTO pocx_probable_losses VALUES (?, 3, x'01', 0, x'02', 'm', 1, 1)", Retention.MAX_LOSSES + 1);
        retain(7);

        assertThat(sql.number("SELECT min(id) FROM pocx_won_blocks")).isEqualTo(2);
        assertThat(rows("pocx_probable_losses")).isEqualTo(1);
    }

    @Test
    void minutesAndRoundsKeptForEver_stay() throws Exception {
        write(minute(OLD), round(1, OLD));
        retain(0);

        assertThat(rows("pocx_minutes")).isEqualTo(1);
        assertThat(rows("pocx_round_records")).isEqualTo(1);
    }

    @Test
    void manyOldRows_goInSmallSteps() throws Exception {
        sql.execute("BEGIN");
        for (int i = 0; i < 2_600; i++) {
            record(i, OLD);
        }
        sql.execute("COMMIT");
        Retention retention = retention(7, InstantSource.fixed(NOW), () -> 0);
        retention.begin(sql);
        long most = 0;
        while (retention.isRunning()) {
            long before = rows("submissions");
            retention.step(sql);
            most = Math.max(most, before - rows("submissions"));
        }

        assertThat(most).isEqualTo(SqliteDialect.SLICE);
        assertThat(retention.deleted()).isEqualTo(2_600);
        assertThat(rows("submissions")).isEqualTo(1);
    }

    @Test
    void clockThatJumpsADayAhead_deletesNothingAtOnce() throws Exception {
        AtomicReference<Instant> wall = new AtomicReference<>(NOW);
        AtomicLong nanos = new AtomicLong();
        Retention retention = retention(7, wall::get, nanos::get);
        write(event(1, NOW));
        wall.set(NOW.plus(Duration.ofDays(1)).plusSeconds(1));
        run(retention);
        assertThat(rows("pocx_events")).isEqualTo(1);

        Duration hour = Duration.ofHours(1);
        wall.set(wall.get().plus(hour));
        nanos.addAndGet(hour.toNanos());
        run(retention);
        assertThat(rows("pocx_events")).isZero();
    }

    @Test
    void clockThatIsSetBack_deletesNothing() throws Exception {
        AtomicReference<Instant> wall = new AtomicReference<>(NOW);
        Retention retention = retention(7, wall::get, () -> 0);
        write(event(1, NOW), minute(NOW));
        wall.set(NOW.minus(Duration.ofHours(1)));
        run(retention);
        assertThat(rows("pocx_events")).isEqualTo(1);
        assertThat(rows("pocx_minutes")).isEqualTo(1);
    }

    @Test
    @Timeout(180)
    void openStore_deletesOldRowsByItselfAndServesMeanwhile() throws Exception {
        sql.execute("BEGIN");
        for (int i = 0; i < 2_000; i++) {
            record(i, OLD);
        }
        sql.execute("COMMIT");
        sql.close();
        try (var store = SqliteSubmissionStore.open(settings(7), InstantSource.fixed(NOW))) {
            while (Fixtures.history(store, Long.MAX_VALUE).size() > 1) {
                await(store.write(ANNOUNCED));
            }
        }
    }

    private static StoreSettings settings(Path file, int days) {
        return new StoreSettings(file, days, Duration.ofMinutes(2));
    }

    private StoreSettings settings(int days) {
        return settings(file, days);
    }

    private static Retention retention(int days, InstantSource clock, LongSupplier nanoTime) {
        return new Retention(Database.DIALECT, days, Duration.ofMinutes(2), clock, nanoTime);
    }

    private void retain(int days) throws SQLException {
        retain(days, NOW);
    }

    private void retain(int days, Instant now) throws SQLException {
        run(retention(days, InstantSource.fixed(now), () -> 0));
    }

    private void run(Retention retention) throws SQLException {
        retention.begin(sql);
        while (retention.isRunning()) {
            retention.step(sql);
        }
    }

    private void record(long height, Instant at) throws SQLException {
        writer.apply(new BestRecorded(new BestNonce(Fixtures.ACCOUNT, "10.0.0.1", height, 1, at)));
    }

    private void write(HistoryChange... changes) throws SQLException {
        for (HistoryChange change : changes) {
            writer.apply(change);
        }
    }

    private void write(StoreChange... changes) throws SQLException {
        for (StoreChange change : changes) {
            writer.apply(change);
        }
    }

    private static VerdictGiven verdict(Instant at) {
        NonceSubmission nonce = Fixtures.submission(1);
        return new VerdictGiven(
                new Verdict(new ReceivedNonce(nonce, new MinerId("10.0.0.1"), at), Outcome.CONFIRMED,
                        nonce.rawQuality(), UpstreamMessage.NONE, false, at));
    }

    private static OutboxPut outbox(long nonce, Instant at) {
        return new OutboxPut(new ReceivedNonce(Fixtures.submission(nonce), new MinerId("10.0.0.1"), at));
    }

    private static EventRecorded event(long id, Instant at) {
        return new EventRecorded(new FarmEvent(id, at, FarmEvent.Kind.NEW_ROUND, 1, "", "", 0, 0, 1, ""));
    }

    private static MinuteRecorded minute(Instant at) {
        return new MinuteRecorded(MinuteRecord.empty(at));
    }

    private static RoundRecorded round(int number, Instant at) {
        return new RoundRecorded(new RoundRecord(
                Integer.toString(number).repeat(64), number, 1, at, at, Optional.empty(), WorkCounts.NONE, 1, 1));
    }

    private long rows(String table) throws SQLException {
        return sql.number("SELECT count(*) FROM " + table);
    }
}
