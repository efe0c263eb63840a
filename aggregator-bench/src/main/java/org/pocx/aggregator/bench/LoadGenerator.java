package org.pocx.aggregator.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Simulates miners on keep-alive connections to one server, all on the calling thread, because the processor time of the
 * load is not available to the measured program. Each miner sends its next request when it has its answer, or one request
 * per interval.
 *
 * <p>For one thread; an interrupt ends what it does.
 */
final class LoadGenerator implements AutoCloseable {
    private static final int SCRATCH_BYTES = 64 * 1024;
    private static final long MAX_SELECT_MILLIS = 10;
    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(10);
    private static final int ADDRESSES_PER_BLOCK = 250;

    /** The requests of one connection, one after the other, with their HTTP heads. */
    interface RequestSource {
        /** The next request, whose bytes stay unchanged until the next call; null at the end. */
        byte @Nullable [] next();
    }

    private final Selector selector = Selector.open();
    private final List<LoadConnection> connections = new ArrayList<>();
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH_BYTES);
    private final LatencyHistogram latencies = new LatencyHistogram();
    /** 0 if each miner sends its next request when it has its answer. */
    private final long intervalNanos;
    private boolean sending;
    private boolean counting;
    private long failures;
    private long startedAt;
    private long turns;

    private LoadGenerator(Target target, List<RequestSource> sources, Duration interval, boolean ownAddresses)
            throws IOException {
        intervalNanos = interval.toNanos();
        try {
            for (RequestSource source : sources) {
                LoadConnection connection = new LoadConnection(
                        target, ownAddresses ? Optional.of(address(connections.size())) : Optional.empty(), source);
                connections.add(connection);
                connection.connect(selector);
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Miners that send their next request when they have their answer. */
    static LoadGenerator closedLoop(Target target, List<RequestSource> sources) throws IOException {
        return new LoadGenerator(target, sources, Duration.ZERO, false);
    }

    /**
     * Miners that poll once per interval, evenly spread over it. Each has its own address in 127.0.0.0/8 where that is
     * possible, because an aggregator distinguishes machines by their addresses.
     */
    static LoadGenerator polling(Target target, int size, Duration interval) throws IOException {
        byte[] poll = target.poll();
        return paced(target, Collections.nCopies(size, () -> poll), interval);
    }

    /** Miners that send one request per interval, evenly spread over it, each with its own address where that is possible. */
    static LoadGenerator paced(Target target, List<RequestSource> sources, Duration interval) throws IOException {
        InetAddress server = target.address().getAddress();
        boolean ownAddresses = server.isLoopbackAddress() && server.getAddress().length == 4 && canBind(address(0));
        return new LoadGenerator(target, sources, interval, ownAddresses);
    }

    private static InetSocketAddress address(int miner) {
        return new InetSocketAddress(
                "127.1." + miner / ADDRESSES_PER_BLOCK + "." + (1 + miner % ADDRESSES_PER_BLOCK), 0);
    }

    private static boolean canBind(InetSocketAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(address);
            return true;
        } catch (IOException e) {
            return false; // a system with one loopback address only
        }
    }

    /** Begins to send. */
    void start() throws IOException {
        sending = true;
        startedAt = System.nanoTime();
        turns = 0;
        for (int i = 0; intervalNanos == 0 && i < connections.size(); i++) {
            send(connections.get(i));
        }
    }

    /**
     * Continues for that time.
     *
     * @param count whether the latencies count; failures always do
     */
    void run(Duration time, boolean count) throws IOException, InterruptedException {
        counting = count;
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            step(left);
        }
    }

    /** Stops sending and waits for the outstanding answers; a connection whose answer is late fails. */
    void drain() throws IOException, InterruptedException {
        sending = false;
        awaitAnswers(DRAIN_TIMEOUT);
        for (LoadConnection connection : connections) {
            if (connection.isWaiting()) {
                fail(connection);
            }
        }
    }

    /**
     * Sends all requests of the sources and waits for the answers.
     *
     * @throws IOException if that takes longer than the timeout, or if a request gets no result
     */
    void sendAll(Duration timeout) throws IOException, InterruptedException {
        start();
        if (!awaitAnswers(timeout)) {
            throw new IOException("not all nonces were answered within " + timeout.toSeconds() + " s");
        }
        if (failures > 0) {
            throw new IOException(failures + " nonces got no result");
        }
    }

    private boolean awaitAnswers(Duration timeout) throws IOException, InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        while (connections.stream().anyMatch(LoadConnection::isWaiting)) {
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
        if (intervalNanos > 0 && sending) {
            for (int due = nextDue(now); due >= 0; due = nextDue(now)) {
                send(connections.get(due));
            }
        }
        selector.select(Math.clamp(nanosLeft / 1_000_000, 1, intervalNanos > 0 ? 1 : MAX_SELECT_MILLIS));
        for (SelectionKey key : selector.selectedKeys()) {
            receive((LoadConnection) key.attachment());
        }
        selector.selectedKeys().clear();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** The miner whose next poll is due, each time once; -1 if none is. Polls that are late are sent, too. */
    private int nextDue(long now) {
        int size = connections.size();
        long due = startedAt + turns / size * intervalNanos + turns % size * intervalNanos / size;
        return now - due < 0 ? -1 : (int) (turns++ % size);
    }

    private void receive(LoadConnection connection) throws IOException {
        try {
            if (!connection.receive(scratch)) {
                return;
            }
            if (!connection.hasResult()) {
                failures++;
            } else if (counting) {
                latencies.record(System.nanoTime() - connection.sentAt());
            }
        } catch (IOException e) {
            fail(connection);
        }
        if (intervalNanos == 0 && sending) {
            send(connection);
        }
    }

    private void send(LoadConnection connection) throws IOException {
        try {
            connection.send(scratch);
        } catch (IOException e) {
            fail(connection);
        }
    }

    /** Replaces the connection by a new one to the same server. */
    private void fail(LoadConnection connection) throws IOException {
        failures++;
        connection.connect(selector);
    }

    /** Of the answers that count. */
    LatencyHistogram latencies() {
        return latencies;
    }

    /** Requests that got an error or no answer, and connections that failed. */
    long failures() {
        return failures;
    }

    /** Closes the connections. Idempotent. */
    @Override
    public void close() throws IOException {
        connections.forEach(LoadConnection::close);
        selector.close();
    }
}
