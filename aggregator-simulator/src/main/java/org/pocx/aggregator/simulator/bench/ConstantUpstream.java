package org.pocx.aggregator.simulator.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.protocol.jsonrpc.MiningCodec;

/**
 * An upstream that confirms each nonce at once at its claim, and announces one round until it is told of another.
 *
 * <p>Thread-safe; a thread a connection.
 */
final class ConstantUpstream implements AutoCloseable {
    private static final byte[] SUBMISSION = Bytes.ascii("\"submit_nonce\"");
    private static final byte[] QUALITY = Bytes.ascii("\"raw_quality\":");
    private static final byte[] ID = Bytes.ascii("\"id\":");
    private static final int BACKLOG = 256;
    private static final int MAX_CONNECTIONS = 1_000;

    private final ServerSocket listener;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong confirmed = new AtomicLong();
    private volatile Announced announced = new Announced(new BenchRound(0));
    private volatile @Nullable Hanging hanging;
    private volatile @Nullable Expected expected;

    /** A round with what is told of it. */
    private record Announced(BenchRound round, String text) {
        Announced(BenchRound round) {
            this(round, MiningCodec.encode(round.info()).text());
        }
    }

    private record Hanging(String account, CountDownLatch arrived, CountDownLatch released) {}

    private record Expected(String nonce, CompletableFuture<Long> at) {}

    /**
     * Listens on 127.0.0.1.
     *
     * @param port 0 for any that is free
     */
    ConstantUpstream(int port) throws IOException {
        listener = new ServerSocket();
        listener.setReuseAddress(true);
        try {
            listener.bind(
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), BACKLOG);
        } catch (IOException e) {
            listener.close();
            throw new IOException(
                    "the benchmark's upstream cannot listen on 127.0.0.1:" + port + ": " + e.getMessage(), e);
        }
        Thread.ofPlatform().name("bench-upstream-accept").daemon().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    long confirmed() {
        return confirmed.get();
    }

    BenchRound round() {
        return announced.round();
    }

    /** From now on there is a new block. */
    void announceNext() {
        announced = new Announced(round().next());
    }

    /**
     * From now on nonces of that account get no answer, until {@link #release}.
     *
     * @return is counted down when the first one has come
     */
    CountDownLatch hang(String account) {
        Hanging there = new Hanging(account, new CountDownLatch(1), new CountDownLatch(1));
        hanging = there;
        return there.arrived();
    }

    /** Answers what hangs. Idempotent. */
    void release() {
        Hanging there = hanging;
        hanging = null;
        if (there != null) {
            there.released().countDown();
        }
    }

    /** Completes with the {@link System#nanoTime} at which that nonce has come; one nonce is awaited at a time. */
    CompletableFuture<Long> arrival(long nonce) {
        CompletableFuture<Long> at = new CompletableFuture<>();
        expected = new Expected("\"nonce\":" + nonce, at);
        return at;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                if (connections.size() < MAX_CONNECTIONS) {
                    connections.add(socket);
                    if (listener.isClosed()) {
                        socket.close(); // close() may have gone through the connections before this one was there
                    }
                    Thread.ofPlatform().name("bench-upstream").daemon().start(() -> serve(socket));
                } else {
                    socket.close();
                }
            }
        } catch (SocketException closed) {
            return;
        } catch (IOException e) {
            throw new IllegalStateException("the benchmark's upstream cannot listen", e);
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            MessageBuffer request = new MessageBuffer(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            while (request.next()) {
                out.write(answer(request));
            }
        } catch (IOException e) {
            return; // the client is gone
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(socket);
        }
    }

    private byte[] answer(MessageBuffer request) throws InterruptedException {
        String result = announced.text();
        if (request.contains(SUBMISSION)) {
            look(request);
            confirmed.incrementAndGet();
            result = "{\"raw_quality\":" + request.scalarAfter(QUALITY) + ",\"poc_time\":1}";
        }
        String body = "{\"jsonrpc\":\"2.0\",\"result\":" + result + ",\"id\":" + request.scalarAfter(ID) + "}";
        return Bytes.ascii("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: "
                + body.length() + "\r\n\r\n" + body);
    }

    /** Whether it is a nonce that somebody waits for, or one of an account that hangs. */
    private void look(MessageBuffer request) throws InterruptedException {
        Expected awaited = expected;
        if (awaited != null && request.contains(Bytes.ascii(awaited.nonce()))) {
            expected = null;
            awaited.at().complete(System.nanoTime());
        }
        Hanging stuck = hanging;
        if (stuck != null && request.contains(Bytes.ascii(stuck.account()))) {
            stuck.arrived().countDown();
            stuck.released().await();
        }
    }

    @Override
    public void close() throws IOException {
        release();
        listener.close();
        for (Socket socket : connections) {
            socket.close();
        }
    }
}
