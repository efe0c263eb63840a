package org.pocx.aggregator.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.pocx.aggregator.core.time.ClockSteps;
import org.pocx.aggregator.statistics.history.CapacityHour;
import org.pocx.aggregator.statistics.history.DetectorState;

/**
 * Deletes old rows in small steps, so that a nonce never waits for more than one step.
 *
 * <p>A row of the history is deleted only if it is old by its height <em>and</em> by its time, so neither a wrong
 * height nor a changed clock can delete the history. Used only by the writer thread.
 */
public final class Retention {
    /** Outbox entries of closed rounds are not used any more; they are kept for a day for diagnosis. */
    private static final Duration DEAD_ENTRIES = Duration.ofDays(1);

    /** Longer than the 24 hours in which a confirmed nonce makes a machine trusted. */
    private static final Duration CONFIRMED_MACHINES = Duration.ofHours(25);

    /** Older events are not shown. */
    private static final Duration EVENTS = Duration.ofHours(24);

    /** More than occur in a day, unless rounds last only seconds. */
    public static final int MAX_EVENTS = 60_000;

    /** Won blocks are kept forever, up to this number: 139 days of a chain that has no other miner. */
    public static final int MAX_WON_BLOCKS = 100_000;

    public static final int MAX_LOSSES = 10_000;

    /**
     * If the clock is set ahead by more than this, nothing is deleted before the next run: a clock that is wrong for a
     * short time must not make all rows old.
     */
    private static final Duration TOLERATED = Duration.ofMinutes(10);

    private static final System.Logger LOG = System.getLogger(Retention.class.getName());

    private final SqlDialect dialect;
    private final int days;
    private final Duration blockTime;
    private final ClockSteps clockSteps;
    private final Deque<BatchedDelete> deletes = new ArrayDeque<>();
    private long deleted;

    /**
     * @param days how long history and verdicts are kept; 0 for no limit
     * @param blockTime converts days to blocks
     * @param nanoTime a monotonic clock, such as {@link System#nanoTime}
     */
    public Retention(SqlDialect dialect, int days, Duration blockTime, InstantSource clock, LongSupplier nanoTime) {
        this.dialect = dialect;
        this.days = days;
        this.blockTime = blockTime;
        this.clockSteps = new ClockSteps(clock, nanoTime);
    }

    /** Plans a run by the current time and heights. The rest of an earlier run is discarded. */
    public void begin(Sql sql) throws SQLException {
        deletes.clear();
        deleted = 0;
        Duration step = clockSteps.look();
        Instant now = clockSteps.lastLook();
        if (step.compareTo(TOLERATED) > 0) {
            LOG.log(System.Logger.Level.WARNING,
                    "the clock was set ahead: old rows are not deleted before it has been stable for an hour");
            return;
        }
        String closed = "block_hash NOT IN (" + FarmReader.OPEN_ROUNDS + ")";
        deletes.add(new BatchedDelete("pocx_outbox", "received_at < ? AND " + closed,
                SqlValues.nanos(now.minus(DEAD_ENTRIES))));
        deletes.add(new BatchedDelete("pocx_standings", closed));
        deletes.add(new BatchedDelete("pocx_round_upstreams", closed));
        deletes.add(new BatchedDelete(
                "pocx_events",
                "at < ? OR id <= (SELECT max(id) FROM pocx_events) - ?",
                SqlValues.nanos(now.minus(EVENTS)),
                MAX_EVENTS));
        deletes.add(
                new BatchedDelete("pocx_confirmed_machines", "at < ?", SqlValues.nanos(now.minus(CONFIRMED_MACHINES))));
        keepLast("pocx_won_blocks", MAX_WON_BLOCKS);
        keepLast("pocx_probable_losses", MAX_LOSSES);
        deletes.add(new BatchedDelete(
                "pocx_detectors", "at < ?", SqlValues.nanos(now.minus(Duration.ofDays(DetectorState.KEPT_DAYS)))));
        deletes.add(new BatchedDelete(
                "pocx_machine_hours",
                "hour < ?",
                DetectionRecords.hours(now.minus(Duration.ofDays(CapacityHour.KEPT_DAYS)))));
        if (days > 0) {
            planHistory(sql, now.minus(Duration.ofDays(days)), closed);
        }
    }

    /** Rows that are kept however old they are, so only their number is limited. */
    private void keepLast(String table, int rows) {
        deletes.add(new BatchedDelete(table, "id <= (SELECT max(id) FROM " + table + ") - ?", rows));
    }

    private void planHistory(Sql sql, Instant oldest, String closed) throws SQLException {
        deletes.addAll(dialect.bests(sql).outdated(oldest, Duration.ofDays(days).dividedBy(blockTime)));
        deletes.add(new BatchedDelete("pocx_outcomes", "at < ? AND " + closed, SqlValues.nanos(oldest)));
        deletes.add(new BatchedDelete("pocx_rounds", "announced_at < ? AND " + closed, SqlValues.nanos(oldest)));
        deletes.add(new BatchedDelete("pocx_round_records", "until < ? AND " + closed, SqlValues.nanos(oldest)));
        deletes.add(new BatchedDelete("pocx_minutes", "minute < ?", SqlValues.minute(oldest)));
        deletes.add(new BatchedDelete("pocx_announcements", "block_hash NOT IN (SELECT block_hash FROM pocx_rounds)"));
    }

    /** Whether the run has more steps. */
    public boolean isRunning() {
        return !deletes.isEmpty();
    }

    /** Ends the run. */
    void abandon() {
        deletes.clear();
    }

    /** Runs one step in a transaction. It examines one slice of a table. */
    public void step(Sql sql) throws SQLException {
        BatchedDelete delete = deletes.getFirst();
        deleted += delete.step(sql, dialect);
        if (delete.isDone()) {
            deletes.removeFirst();
        }
    }

    /** How many rows the run has deleted so far. */
    public long deleted() {
        return deleted;
    }
}
