package org.pocx.aggregator.simulator.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Miners on keep-alive connections to one server, all played by the thread that calls: what the load costs is missing to
 * what it measures. Either each sends its next request when it has its answer, or each sends one an interval.
 *
 * <p>For one thread, whose interruption ends what it does.
 */
final class Crowd implements AutoCloseable {
    private static final int SCRATCH = 64 * 1024;
    private static final long RECONNECT_NANOS = 20_000_000;
    private static final long LONGEST_SELECT_MILLIS = 10;
    private static final Duration LAST_ANSWERS_WITHIN = Duration.ofSeconds(10);

    private final Selector selector;
    private final List<LoadConnection> all = new ArrayList<>();
    private final List<LoadConnection> broken = new ArrayList<>();
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH);
    private final Optional<Pace> pace;
    private Tally tally = new Tally();
    private boolean sending;
    private long reconnectAt;

    private Crowd(Optional<Duration> interval, int size) throws IOException {
        selector = Selector.open();
        pace = interval.map(time -> new Pace(time, size));
    }

    /** Miners that send as fast as they are answered, all from this machine's usual address. */
    static Crowd eager(Target target, List<RequestSource> sources) throws IOException {
        return connect(target, sources, Optional.empty(), number -> Optional.empty());
    }

    /** Miners that poll once an interval, spread over it; each from an address of its own where that is possible. */
    static Crowd polling(Target target, int size, Duration interval) throws IOException {
        List<RequestSource> sources = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            sources.add(RequestSource.polls(target));
        }
        return connect(target, sources, Optional.of(interval), MinerAddresses.towards(target));
    }

    private static Crowd connect(
            Target target,
            List<RequestSource> sources,
            Optional<Duration> interval,
            IntFunction<Optional<InetSocketAddress>> addresses) throws IOException {
        Crowd crowd = new Crowd(interval, sources.size());
        try {
            for (RequestSource source : sources) {
                LoadConnection connection =
                        new LoadConnection(target, addresses.apply(crowd.all.size()), source);
                crowd.all.add(connection);
                connection.connect(crowd.selector);
            }
            return crowd;
        } catch (IOException e) {
            crowd.close();
            throw new IOException(
                    "connection " + crowd.all.size() + " to " + target.uri() + " failed: " + e.getMessage(), e);
        }
    }

    /** Begins to send. */
    void start() {
        sending = true;
        pace.ifPresent(there -> there.start(System.nanoTime()));
        if (pace.isEmpty()) {
            all.stream().filter(connection -> !connection.isWaiting()).forEach(this::send);
        }
    }

    /** Goes on for that time; what is answered within it is told. */
    void drive(Duration time, Tally told) throws IOException, InterruptedException {
        tally = told;
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            step(left);
        }
    }

    /** Sends nothing any more, and takes the answers that are still to come; late ones cost their connection. */
    void drain() throws IOException, InterruptedException {
        sending = false;
        awaitAnswers(LAST_ANSWERS_WITHIN);
        List.copyOf(all).stream().filter(LoadConnection::isWaiting).forEach(this::failed);
    }

    /**
     * Goes on until the sources are exhausted and all is answered.
     *
     * @throws IOException when that takes longer than the limit
     */
    void exhaust(Duration limit, Tally told) throws IOException, InterruptedException {
        tally = told;
        start();
        if (!awaitAnswers(limit)) {
            throw new IOException("not all nonces were answered within " + limit.toSeconds() + " s");
        }
    }

    private boolean awaitAnswers(Duration limit) throws IOException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (all.stream().anyMatch(LoadConnection::isWaiting)) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            step(left);
        }
        return true;
    }

    private void step(long nanosLeft) throws IOException, InterruptedException {
        long now = System.nanoTime();
        if (sending && pace.isPresent()) {
            for (int due = pace.get().nextDue(now); due >= 0; due = pace.get().nextDue(now)) {
                sendIfIdle(all.get(due));
            }
        }
        if (!broken.isEmpty() && now - reconnectAt >= 0) {
            reconnect(now);
        }
        long most = pace.isPresent() ? 1 : LONGEST_SELECT_MILLIS;
        selector.select(this::ready, Math.clamp(nanosLeft / 1_000_000, 1, most));
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private void sendIfIdle(LoadConnection connection) {
        if (connection.isOpen() && !connection.isWaiting()) {
            send(connection);
        }
    }

    private void ready(SelectionKey key) {
        LoadConnection connection = (LoadConnection) key.attachment();
        try {
            if (!connection.receive(scratch)) {
                return;
            }
        } catch (IOException e) {
            failed(connection);
            return;
        }
        if (connection.hasResult()) {
            tally.answered(System.nanoTime() - connection.sentAt());
        } else {
            tally.failed();
        }
        if (sending && pace.isEmpty()) {
            send(connection);
        }
    }

    private void send(LoadConnection connection) {
        try {
            if (connection.isOpen()) {
                connection.send(scratch);
            }
        } catch (IOException e) {
            failed(connection);
        }
    }

    private void failed(LoadConnection connection) {
        tally.failed();
        connection.close();
        broken.add(connection);
    }

    private void reconnect(long now) {
        reconnectAt = now + RECONNECT_NANOS;
        List<LoadConnection> again = List.copyOf(broken);
        broken.clear();
        for (LoadConnection connection : again) {
            try {
                connection.connect(selector);
                if (sending && pace.isEmpty()) {
                    send(connection);
                }
            } catch (IOException e) {
                failed(connection);
            }
        }
    }

    /** Closes the connections. Idempotent. */
    @Override
    public void close() throws IOException {
        all.forEach(LoadConnection::close);
        selector.close();
    }
}
