package org.pocx.aggregator.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.pocx.aggregator.core.store.StoreException;

/**
 * The work of the store's one writing thread: takes all changes that wait, commits them in one transaction, keeps the
 * promises given for them, and uses the time between for retention. The more that wait, the more share one flush of the
 * disk.
 *
 * <p>A platform thread: a virtual one would hold its carrier while SQLite runs. It alone touches the database's writing
 * side, and it gives back the lock at its end.
 */
final class StoreThread implements Runnable {
    private static final System.Logger LOG = System.getLogger(StoreThread.class.getName());
    private static final long RETENTION_EVERY = Duration.ofHours(1).toNanos();

    /** By then the history has been read, which a start waits for. */
    private static final long FIRST_RETENTION = Duration.ofSeconds(2).toNanos();

    private static final long LONGEST_REST = Duration.ofSeconds(1).toNanos();

    private final Path file;
    private final ChangeQueue queue;
    private final Database database;
    private final Retention retention;
    private final DatabaseLock lock;
    private long nextRetention = System.nanoTime() + FIRST_RETENTION;
    private long nextStep = nextRetention;

    StoreThread(Path file, ChangeQueue queue, Database database, Retention retention, DatabaseLock lock) {
        this.file = file;
        this.queue = queue;
        this.database = database;
        this.retention = retention;
        this.lock = lock;
    }

    @Override
    public void run() {
        try (lock;
                database) {
            while (!queue.isDrained()) {
                List<QueuedChange> batch = nextBatch();
                if (!batch.isEmpty()) {
                    commit(batch);
                }
                keepHouse();
            }
        } finally {
            queue.close();
        }
    }

    private List<QueuedChange> nextBatch() {
        try {
            return queue.take((retention.isRunning() ? nextStep : nextRetention) - System.nanoTime());
        } catch (InterruptedException e) {
            // Only whoever runs this thread could have asked; the way to end it is to close the queue.
            queue.close();
            return List.of();
        }
    }

    private void commit(List<QueuedChange> batch) {
        Database.Work work = sql -> {
            ChangeWriter writer = new ChangeWriter(sql);
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

    /** One change that cannot be written must not take the others with it: each gets a transaction of its own. */
    private void failed(List<QueuedChange> batch, Throwable cause) {
        if (batch.size() > 1 && !Faults.isOfFile(cause)) {
            batch.forEach(pending -> commit(List.of(pending)));
            return;
        }
        StoreException refusal = Faults.refusal(file, cause);
        batch.forEach(pending -> pending.durable().completeExceptionally(refusal));
    }

    private void keepHouse() {
        try {
            if (nextRetention - System.nanoTime() <= 0) {
                nextRetention = System.nanoTime() + RETENTION_EVERY;
                database.housekeeping(retention::begin);
            } else if (retention.isRunning() && nextStep - System.nanoTime() <= 0) {
                stepAndRest();
            }
        } catch (SQLException | RuntimeException | Error e) {
            retention.abandon();
            if (!Faults.isOfFile(e)) { // of a lock or a full disk, the changes that meet it tell
                LOG.log(
                        System.Logger.Level.WARNING,
                        "old rows stay for now, the next try is in an hour: {0}",
                        Faults.refusal(file, e).getMessage());
            }
        }
    }

    /** After each step as long a rest as it took: the disk stays free for miners half of the time. */
    private void stepAndRest() throws SQLException {
        long begun = System.nanoTime();
        database.housekeeping(retention::step);
        long ended = System.nanoTime();
        nextStep = ended + Math.min(ended - begun, LONGEST_REST);
        tellWhenDone();
    }

    private void tellWhenDone() {
        if (!retention.isRunning() && retention.deleted() > 0) {
            LOG.log(System.Logger.Level.INFO, "deleted {0} old rows of {1}", retention.deleted(), file);
        }
    }
}
