package org.pocx.aggregator.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pocx.aggregator.postgresql.TestServer.NOW;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.jdbc.ChangeWriter;
import org.pocx.aggregator.jdbc.Retention;
import org.pocx.aggregator.jdbc.Sql;
import org.pocx.aggregator.statistics.history.BestNonce;
import org.pocx.aggregator.statistics.history.FarmEvent;
import org.pocx.aggregator.statistics.history.HistoryChange;

/** Seven days of 720 blocks: heights below the highest - 5,040 are old, and so are times before the 22nd. */
class PostgresqlRetentionTest {
    private static final Instant OLD = NOW.minus(Duration.ofDays(8));
    private static final Instant RECENT = NOW.minus(Duration.ofDays(6));
    private static final long HIGHEST = 100_000;
    private static final long OLD_HEIGHT = HIGHEST - 5_041;

    private Connection connection;
    private Sql sql;

    @BeforeEach
    void createTables() throws Exception {
        TestServer.open(TestServer.emptyDatabase()).close();
        connection = TestServer.connect();
        connection.setAutoCommit(false);
        sql = Sql.batching(connection);
        record(HIGHEST, NOW);
    }

    @AfterEach
    void disconnect() throws Exception {
        connection.close();
    }

    private void record(long height, Instant at) throws SQLException {
        write(new HistoryChange.BestRecorded(new BestNonce("a".repeat(40), "10.0.0.1", height, 1, at)));
    }

    private void write(HistoryChange change) throws SQLException {
        new ChangeWriter(sql, new PostgresqlDialect()).apply(change);
    }

    /** Returns the number of steps. */
    private int retain(int days) throws SQLException {
        Retention retention = new Retention(
                new PostgresqlDialect(), days, Duration.ofMinutes(2), InstantSource.fixed(NOW), () -> 0);
        retention.begin(sql);
        int steps = 0;
        while (retention.isRunning()) {
            retention.step(sql);
            steps++;
        }
        return steps;
    }

    private long rows(String table) throws SQLException {
        return sql.number("SELECT count(*) FROM " + table);
    }

    @Test
    void row_isDeletedOnlyIfItIsOldByHeightAndByTime() throws Exception {
        record(OLD_HEIGHT, OLD);
        record(OLD_HEIGHT - 1, RECENT);
        record(OLD_HEIGHT + 1, OLD);
        record(-1L, NOW);
        retain(7);

        assertThat(rows("pocx_bests")).isEqualTo(4);
        assertThat(sql.number("SELECT count(*) FROM pocx_bests WHERE height = ?", OLD_HEIGHT)).isZero();
    }

    @Test
    void retentionOfZeroDays_keepsTheHistory() throws Exception {
        record(1, OLD);
        retain(0);

        assertThat(rows("pocx_bests")).isEqualTo(2);
    }

    @Test
    void largeTable_isDeletedInSteps() throws Exception {
        int few = retain(7);
        sql.execute("INSERT INTO pocx_bests (account_id, machine, height, raw_quality, at)"
                + " SELECT 'a', 'm', number, 1, 0 FROM generate_series(1, 20000) AS number");

        assertThat(retain(7)).isGreaterThan(few + 10);
        assertThat(rows("pocx_bests")).isEqualTo(1);
    }

    @Test
    void oldEvents_areDeleted() throws Exception {
        write(new HistoryChange.EventRecorded(
                new FarmEvent(1, NOW.minus(Duration.ofHours(25)), FarmEvent.Kind.NEW_ROUND, 1, "", "", 0, 0, 1, "")));
        write(new HistoryChange.EventRecorded(new FarmEvent(2, NOW, FarmEvent.Kind.NEW_ROUND, 1, "", "", 0, 0, 1, "")));
        retain(7);

        assertThat(rows("pocx_events")).isEqualTo(1);
    }
}
