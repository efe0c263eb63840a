package org.pocx.aggregator.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.pocx.aggregator.core.store.StoreException;

/**
 * The task of the store's writer thread: takes all waiting changes, commits them in one transaction, completes their
 * futures, and runs retention in between. Under load, more changes share one flush of the disk.
 *
 * <p>Runs on a platform thread, because SQLite would pin the carrier of a virtual one. Only this thread uses the
 * connection for writing, and it closes the database at its end.
 */
final class StoreThread implements Runnable {
    private static final System.Logger LOG = System.getLogger(StoreThread.class.getName());
    private static final long RETENTION_EVERY = Duration.ofHours(1).toNanos();

    /** After the history has been read, which a start waits for. */
    private static final long FIRST_RETENTION = Duration.ofSeconds(2).toNanos();

    private static final long LONGEST_REST = Duration.ofSeconds(1).toNanos();

    private final ChangeQueue queue;
    private final StoreDatabase database;
    private final Retention retention;
    private long nextRetention = System.nanoTime() + FIRST_RETENTION;
    private long nextStep = nextRetention;

    StoreThread(ChangeQueue queue, StoreDatabase database, Retention retention) {
        this.queue = queue;
        this.database = database;
        this.retention = retention;
    }

    @Override
    public void run() {
        try (database) {
            while (!queue.isDrained()) {
                List<QueuedChange> batch = nextBatch();
                if (!batch.isEmpty()) {
                    commit(batch);
                }
                runRetention();
            }
        } finally {
            queue.close();
        }
    }

    private List<QueuedChange> nextBatch() {
        try {
            return queue.take((retention.isRunning() ? nextStep : nextRetention) - System.nanoTime());
        } catch (InterruptedException e) {
            // An interrupt ends the thread in the same way as closing the queue.
            queue.close();
            return List.of();
        }
    }

    private void commit(List<QueuedChange> batch) {
        StoreDatabase.Work work = sql -> {
            ChangeWriter writer = new ChangeWriter(sql, database.dialect());
            for (QueuedChange pending : batch) {
                pending.rows().put(writer);
            }
        };
        try {
            if (batch.stream().allMatch(QueuedChange::history)) {
                database.housekeeping(work);
            } else {
                database.transaction(work);
            }
            batch.forEach(pending -> pending.durable().complete(null));
        } catch (SQLException | RuntimeException | Error e) {
            failed(batch, e);
        }
    }

    /** If one change cannot be written, the others must not fail with it: each gets its own transaction. */
    private void failed(List<QueuedChange> batch, Throwable cause) {
        if (batch.size() > 1 && !database.isOutage(cause)) {
            batch.forEach(pending -> commit(List.of(pending)));
            return;
        }
        StoreException refusal = database.refusal(cause);
        batch.forEach(pending -> pending.durable().completeExceptionally(refusal));
    }

    private void runRetention() {
        try {
            if (nextRetention - System.nanoTime() <= 0) {
                nextRetention = System.nanoTime() + RETENTION_EVERY;
                database.housekeeping(retention::begin);
            } else if (retention.isRunning() && nextStep - System.nanoTime() <= 0) {
                stepAndRest();
            }
        } catch (SQLException | RuntimeException | Error e) {
            retention.abandon();
            if (!database.isOutage(e)) { // a lock or a full disk is reported by the changes that fail
                LOG.log(
                        System.Logger.Level.WARNING,
                        "old rows cannot be deleted, trying again in an hour: {0}",
                        database.refusal(e).getMessage());
            }
        }
    }

    /**
     * Waits after each step for as long as the step took, so that the disk is free for nonces at least half of the
     * time.
     */
    private void stepAndRest() throws SQLException {
        long begun = System.nanoTime();
        database.housekeeping(retention::step);
        long ended = System.nanoTime();
        nextStep = ended + Math.min(ended - begun, LONGEST_REST);
        logWhenDone();
    }

    private void logWhenDone() {
        if (!retention.isRunning() && retention.deleted() > 0) {
            LOG.log(System.Logger.Level.INFO, "deleted {0} old rows of {1}", retention.deleted(), database.name());
        }
    }
}
