package org.pocx.aggregator.http;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The open connections of a server, as many as its admission lets in. A thread of its own closes those whose deadline has
 * passed, which frees a thread that reads or writes there.
 *
 * <p>Thread-safe; {@link #relieve} is called by the accepting thread alone.
 */
final class ConnectionRegistry {
    static final Duration TICK = Duration.ofMillis(250);

    /** A newcomer has sent its request by then, unless it means to hold the slot. */
    static final Duration UNPROVEN = Duration.ofSeconds(2);

    /** For so long a connection is kept between two requests, whatever the pressure. */
    static final Duration RESTED = Duration.ofSeconds(60);

    private static final Duration RELIEF_PAUSE = Duration.ofMillis(100);
    private static final int RELIEF_SHARE = 8;

    private final DeadlineClock clock;
    private final PipelineScheduler turns = new PipelineScheduler();
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread watch;
    private long nextRelief;

    ConnectionRegistry(DeadlineClock clock) {
        this.clock = clock;
        nextRelief = clock.now();
        watch = Thread.ofPlatform().daemon().name("http-deadlines").unstarted(this::watch);
    }

    void start() {
        watch.start();
        turns.start();
    }

    /** For requests that were sent before the answer to their predecessor. */
    PipelineScheduler turns() {
        return turns;
    }

    void add(Connection connection) {
        open.add(connection);
        if (stopping.getCount() == 0) {
            connection.cut();
        }
    }

    void remove(Connection connection) {
        open.remove(connection);
    }

    DeadlineClock clock() {
        return clock;
    }

    /** Whether no further request may begin. */
    boolean stopping() {
        return stopping.getCount() == 0;
    }

    private void watch() {
        try {
            while (!closed.await(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
                long now = clock.now();
                open.forEach(connection -> connection.cutIfLate(now));
            }
        } catch (InterruptedException nobodyDoes) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Closes some of those that hold their slot without using it: first such as have never sent a whole request, the
     * oldest first, then such as have long rested. So a flood of silent connections keeps nobody out for long.
     */
    void relieve() {
        long now = clock.now();
        if (now - nextRelief < 0) {
            return;
        }
        nextRelief = now + RELIEF_PAUSE.toNanos();
        // Both are read once: connections go on while this runs, and a sort must not see that.
        record Useless(Connection connection, boolean proven, long waited) {}
        List<Useless> useless = open.stream()
                .filter(connection -> connection.isUseless(now))
                .map(connection -> new Useless(connection, connection.proven(), connection.waited(now)))
                .sorted(Comparator.comparing(Useless::proven)
                        .thenComparing(Comparator.comparingLong(Useless::waited).reversed()))
                .limit(1 + open.size() / RELIEF_SHARE)
                .toList();
        useless.forEach(one -> one.connection().cut());
    }

    /** Closes those that rest at once, those with a request in work when it is done, all after so long. */
    void close(Duration patience) {
        stopping.countDown();
        turns.close();
        long end = clock.in(patience);
        open.forEach(Connection::cutIfResting);
        try {
            while (!open.isEmpty() && end - clock.now() > 0) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        closed.countDown();
        open.forEach(Connection::cut);
        watch.interrupt();
    }
}
