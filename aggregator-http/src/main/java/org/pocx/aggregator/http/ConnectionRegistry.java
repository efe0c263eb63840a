package org.pocx.aggregator.http;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The open connections of a server; their number is limited by the admission control. A separate thread closes
 * connections whose deadline has passed, which ends a blocked read or write.
 *
 * <p>Thread-safe; {@link #relieve} is called only by the accepting thread.
 */
final class ConnectionRegistry {
    static final Duration TICK = Duration.ofMillis(250);

    /** A new connection normally has sent its request within this time. */
    static final Duration UNPROVEN = Duration.ofSeconds(2);

    /** A connection that was idle for less than this time is not closed to free slots. */
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

    /** The scheduler of pipelined requests. */
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

    /** Whether new requests are rejected. */
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
     * Closes some connections that occupy their slot without using it: first those that have never sent a complete
     * request, oldest first, then those that have been idle for long. So a flood of silent connections blocks new ones
     * only briefly.
     */
    void relieve() {
        long now = clock.now();
        if (now - nextRelief < 0) {
            return;
        }
        nextRelief = now + RELIEF_PAUSE.toNanos();
        // Both values are read once, because they change while this runs, and the sort needs stable values.
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

    /** Closes idle connections at once, busy ones after their request, and all after the given time. */
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
