package org.pocx.aggregator.jdbc;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.pocx.aggregator.core.store.StoreException;
import org.pocx.aggregator.statistics.history.BlockQuery;
import org.pocx.aggregator.statistics.history.CapacityHour;
import org.pocx.aggregator.statistics.history.EventQuery;
import org.pocx.aggregator.statistics.history.FarmEvent;
import org.pocx.aggregator.statistics.history.FarmHistory;
import org.pocx.aggregator.statistics.history.HistoryPage;
import org.pocx.aggregator.statistics.history.HistoryRow;
import org.pocx.aggregator.statistics.history.MinuteRecord;
import org.pocx.aggregator.statistics.history.ProbableLoss;
import org.pocx.aggregator.statistics.history.RoundRecord;
import org.pocx.aggregator.statistics.history.SubmissionQuery;
import org.pocx.aggregator.statistics.history.SubmissionRecord;
import org.pocx.aggregator.statistics.history.WonBlock;

/**
 * Reads the history on two separate platform threads, because SQLite would pin the carrier of a virtual thread. Each
 * query opens a connection, so reading works again automatically after a problem with the database.
 *
 * <p>Thread-safe. At most {@value #WAITING} queries wait, and none waits longer than {@value #SECONDS} seconds.
 */
final class StoredHistory implements FarmHistory, AutoCloseable {
    static final int WAITING = 64;
    private static final int THREADS = 2;
    private static final int SECONDS = 10;

    private final StoreDatabase database;
    private final ThreadPoolExecutor threads;

    StoredHistory(StoreDatabase database) {
        this.database = database;
        this.threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(WAITING),
                Thread.ofPlatform().name("store-reader-", 0).daemon().factory());
        threads.allowCoreThreadTimeOut(true);
    }

    private <T> T answer(JdbcStore.Question<T> question) {
        Future<T> answer;
        try {
            answer = threads.submit(() -> {
                try (Sql sql = database.reader()) {
                    return question.ask(sql);
                }
            });
        } catch (RejectedExecutionException e) {
            throw new StoreException(
                    database.name() + (threads.isShutdown()
                            ? " is closed"
                            : " has too many history queries waiting, try again"),
                    e);
        }
        try {
            return answer.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw database.refusal(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            answer.cancel(false);
            throw new StoreException(database.name() + " did not answer within " + SECONDS + " s: check the disk", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(database.name() + " is not read: the program is shutting down", e);
        }
    }

    @Override
    public List<HistoryRow<RoundRecord>> rounds(HistoryPage page) {
        return answer(sql -> new RecordReader(sql).rounds(page));
    }

    @Override
    public List<HistoryRow<SubmissionRecord>> submissions(SubmissionQuery query) {
        return answer(sql -> new SubmissionReader(sql, database.dialect()).read(query));
    }

    @Override
    public List<FarmEvent> events(EventQuery query) {
        return answer(sql -> new RecordReader(sql).events(query));
    }

    @Override
    public List<HistoryRow<WonBlock>> wonBlocks(BlockQuery query) {
        return answer(sql -> new BlockReader(sql).wonBlocks(query));
    }

    @Override
    public List<ProbableLoss> probableLosses(int newest) {
        return answer(sql -> new BlockReader(sql).losses(newest));
    }

    @Override
    public void readRounds(Instant from, Consumer<RoundRecord> reader) {
        answer(sql -> {
            new RecordReader(sql).readRounds(from, reader);
            return true;
        });
    }

    @Override
    public void readMinutes(Instant from, Consumer<MinuteRecord> reader) {
        answer(sql -> {
            new RecordReader(sql).readMinutes(from, reader);
            return true;
        });
    }

    @Override
    public void readCapacityHours(String machine, Instant from, Consumer<CapacityHour> reader) {
        answer(sql -> {
            new DetectionRecords(sql).readHours(machine, from, reader);
            return true;
        });
    }

    /** Ends all queries. Idempotent. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
