package org.pocx.aggregator.store;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.pocx.aggregator.core.time.ClockSteps;

/**
 * Deletes what is too old, in small steps, so that a miner's nonce never waits for more than one of them.
 *
 * <p>A row of the history goes only when it is old by its height <em>and</em> by its time: neither one absurd height
 * nor a clock that stepped can wipe the history. Belongs to the writer's thread.
 */
final class Retention {
    /** An entry of the outbox whose round is not open is dead; a day is for people who look into the file. */
    private static final Duration DEAD_ENTRIES = Duration.ofDays(1);

    /** Longer than the 24 hours for which a confirmed nonce counts. */
    private static final Duration CONFIRMED_MACHINES = Duration.ofHours(25);

    /** What is older is not shown. */
    private static final Duration EVENTS = Duration.ofHours(24);

    /** More than a day has, unless its rounds last seconds only. */
    static final int MAX_EVENTS = 60_000;

    /**
     * A clock that is set ahead by more is not believed before the next run: one that is wrong for a moment must not make
     * everything old.
     */
    private static final Duration TOLERATED = Duration.ofMinutes(10);

    private static final System.Logger LOG = System.getLogger(Retention.class.getName());

    private final StoreSettings settings;
    private final ClockSteps clockSteps;
    private final Deque<Sweep> sweeps = new ArrayDeque<>();
    private long deleted;

    /** @param nanoTime a monotonic clock, such as {@link System#nanoTime} */
    Retention(StoreSettings settings, InstantSource clock, LongSupplier nanoTime) {
        this.settings = settings;
        this.clockSteps = new ClockSteps(clock, nanoTime);
    }

    /** Plans a run, by the clock and the heights of now. What is left of an earlier one is dropped. */
    void begin(Sql sql) throws SQLException {
        sweeps.clear();
        deleted = 0;
        Duration step = clockSteps.look();
        Instant now = clockSteps.lastLook();
        if (step.compareTo(TOLERATED) > 0) {
            LOG.log(System.Logger.Level.WARNING,
                    "the clock was set ahead: old rows stay until it has been so for an hour");
            return;
        }
        String closed = "block_hash NOT IN (" + FarmReader.OPEN_ROUNDS + ")";
        sweeps.add(new Sweep("pocx_outbox", "received_at < ? AND " + closed, SqlValues.nanos(now.minus(DEAD_ENTRIES))));
        sweeps.add(new Sweep(
                "pocx_events",
                "at < ? OR id <= (SELECT max(id) FROM pocx_events) - ?",
                SqlValues.nanos(now.minus(EVENTS)),
                MAX_EVENTS));
        sweeps.add(new Sweep("pocx_confirmed_machines", "at < ?", SqlValues.nanos(now.minus(CONFIRMED_MACHINES))));
        if (settings.retentionDays() > 0) {
            planHistory(sql, now.minus(Duration.ofDays(settings.retentionDays())), closed);
        }
    }

    private void planHistory(Sql sql, Instant oldest, String closed) throws SQLException {
        long blocks = Duration.ofDays(settings.retentionDays()).dividedBy(settings.blockTime());
        long lowest = HistoryReader.highest(sql) - blocks;
        // A time that cannot be read counts as 1970: then the height alone decides.
        String old = "coalesce(unixepoch(timestamp), 0) < ? AND height < ?";
        sweeps.add(new Sweep("submissions", old, oldest.getEpochSecond(), lowest));
        sweeps.add(new Sweep(
                "pocx_wide_bests",
                "coalesce(unixepoch(timestamp), 0) < ? AND (height < 0 OR height < ?)",
                oldest.getEpochSecond(),
                lowest));
        sweeps.add(new Sweep("pocx_outcomes", "at < ? AND " + closed, SqlValues.nanos(oldest)));
        sweeps.add(new Sweep("pocx_rounds", "announced_at < ? AND " + closed, SqlValues.nanos(oldest)));
        sweeps.add(new Sweep("pocx_round_records", "until < ? AND " + closed, SqlValues.nanos(oldest)));
        sweeps.add(new Sweep("pocx_minutes", "minute < ?", SqlValues.minute(oldest)));
        sweeps.add(new Sweep("pocx_announcements", "block_hash NOT IN (SELECT block_hash FROM pocx_rounds)"));
    }

    /** Whether a run has steps left. */
    boolean isRunning() {
        return !sweeps.isEmpty();
    }

    /** Ends the run. */
    void abandon() {
        sweeps.clear();
    }

    /** One step of the run, within a transaction; deletes {@value Sweep#ROWS} rows at most. */
    void step(Sql sql) throws SQLException {
        Sweep sweep = sweeps.getFirst();
        deleted += sweep.step(sql);
        if (sweep.isDone()) {
            sweeps.removeFirst();
        }
    }

    /** How many rows the run has deleted so far. */
    long deleted() {
        return deleted;
    }
}
