package org.pocx.aggregator.cli.log;

import java.lang.System.Logger.Level;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.cli.log.LogRateLimiter.Line;

/**
 * Writes lines on its own thread, so that a slow disk or console never delays mining.
 *
 * <p>Thread-safe. The queue is bounded: further lines are dropped and counted. The thread owns the {@link LogRateLimiter}.
 */
public final class QueuedLog implements LineLog, AutoCloseable {
    static final int CAPACITY = 10_000;
    private static final long TICK_MILLIS = 1_000;
    private static final long CLOSE_MILLIS = 2_000;
    private static final Entry END = new Entry(new Line(Level.OFF, ""), "");

    private final Predicate<Level> enabled;
    private final BiConsumer<Level, String> writer;
    private final LongSupplier nanoTime;
    private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final LogRateLimiter limiter = new LogRateLimiter();
    private final Thread thread;

    private record Entry(Line line, String kind) {}

    /**
     * Starts the thread.
     *
     * @param enabled whether lines of a level are logged; any thread
     * @param writer takes the lines, on one thread; may block
     * @param nanoTime a monotonic clock, such as {@link System#nanoTime}
     */
    public QueuedLog(Predicate<Level> enabled, BiConsumer<Level, String> writer, LongSupplier nanoTime) {
        this.enabled = enabled;
        this.writer = writer;
        this.nanoTime = nanoTime;
        this.thread = Thread.ofPlatform().daemon().name("event-log").start(this::run);
    }

    @Override
    public boolean isEnabled(Level level) {
        return enabled.test(level);
    }

    @Override
    public void log(Level level, String line) {
        logRepeated(level, "", line);
    }

    @Override
    public void logRepeated(Level level, String kind, String line) {
        if (isEnabled(level) && !queue.offer(new Entry(new Line(level, line), kind))) {
            dropped.incrementAndGet();
        }
    }

    private void run() {
        try {
            for (Entry entry = next(); !END.equals(entry); entry = next()) {
                if (entry != null) {
                    take(entry);
                }
                limiter.due(nanoTime.getAsLong()).forEach(this::write);
                reportDropped();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // never happens; the remaining summaries are written below
        }
        limiter.rest().forEach(this::write);
    }

    private @Nullable Entry next() throws InterruptedException {
        return queue.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void take(Entry entry) {
        if (entry.kind.isEmpty()) {
            write(entry.line);
        } else {
            limiter.take(entry.kind, entry.line, nanoTime.getAsLong()).ifPresent(this::write);
        }
    }

    private void reportDropped() {
        long count = dropped.getAndSet(0);
        if (count > 0) {
            write(new Line(Level.WARNING, count + " log lines dropped: the log's disk or console is too slow"));
        }
    }

    private void write(Line line) {
        writer.accept(line.level(), line.text());
    }

    /** Writes the queued lines, for up to 2 s. Idempotent. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            if (queue.offer(END, CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
                thread.join(CLOSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
