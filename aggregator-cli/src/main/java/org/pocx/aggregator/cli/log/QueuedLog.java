package org.pocx.aggregator.cli.log;

import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.pocx.aggregator.cli.log.Repeats.Line;

/**
 * Writes lines on a thread of its own, so that a slow disk or console never holds up mining.
 *
 * <p>Thread-safe. The queue is bounded: lines beyond {@value #CAPACITY} are dropped and counted. The thread owns the
 * {@link Repeats}.
 */
public final class QueuedLog implements LineLog, AutoCloseable {
    static final int CAPACITY = 10_000;
    private static final long TICK_MILLIS = 1_000;
    private static final long CLOSE_MILLIS = 2_000;
    private static final Entry END = new Entry(new Line(Level.OFF, ""), "");

    private final LineSink sink;
    private final LongSupplier nanoTime;
    private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Repeats repeats = new Repeats();
    private final Thread thread;

    /**
     * @param sink where the lines go
     * @param nanoTime a monotonic clock, such as {@link System#nanoTime}
     */
    public QueuedLog(LineSink sink, LongSupplier nanoTime) {
        this.sink = sink;
        this.nanoTime = nanoTime;
        this.thread = Thread.ofPlatform().daemon().name("event-log").start(this::run);
    }

    private record Entry(Line line, String kind) {}

    @Override
    public boolean isEnabled(Level level) {
        return sink.isEnabled(level);
    }

    @Override
    public void log(Level level, String line) {
        logRepeated(level, "", line);
    }

    @Override
    public void logRepeated(Level level, String kind, String line) {
        if (sink.isEnabled(level) && !queue.offer(new Entry(new Line(level, line), kind))) {
            dropped.incrementAndGet();
        }
    }

    private void run() {
        try {
            for (Optional<Entry> entry = next(); !entry.equals(Optional.of(END)); entry = next()) {
                entry.ifPresent(this::take);
                repeats.due(nanoTime.getAsLong()).forEach(this::write);
                tellDropped();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does; the lines that are left are told below all the same
        }
        repeats.rest().forEach(this::write);
    }

    private Optional<Entry> next() throws InterruptedException {
        return Optional.ofNullable(queue.poll(TICK_MILLIS, TimeUnit.MILLISECONDS));
    }

    private void take(Entry entry) {
        if (entry.kind.isEmpty()) {
            write(entry.line);
        } else {
            repeats.take(entry.kind, entry.line, nanoTime.getAsLong()).ifPresent(this::write);
        }
    }

    private void tellDropped() {
        long count = dropped.getAndSet(0);
        if (count > 0) {
            write(new Line(Level.WARNING, count + " log lines dropped: the log's disk or console is too slow"));
        }
    }

    private void write(Line line) {
        sink.write(line.level(), line.text());
    }

    /** Writes what is queued, for up to 2 s. Idempotent. */
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
