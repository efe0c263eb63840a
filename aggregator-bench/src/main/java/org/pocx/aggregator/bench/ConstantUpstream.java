package org.pocx.aggregator.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.pocx.aggregator.protocol.jsonrpc.MiningCodec;

/**
 * An upstream that confirms each nonce at once with the claimed quality, and announces one round until the next is set.
 *
 * <p>Thread-safe; each connection has its own thread.
 */
final class ConstantUpstream implements AutoCloseable {
    private static final byte[] SUBMISSION = AsciiBytes.of("\"submit_nonce\"");
    private static final byte[] QUALITY = AsciiBytes.of("\"raw_quality\":");
    private static final byte[] ID = AsciiBytes.of("\"id\":");
    private static final int BACKLOG = 256;
    private static final int MAX_CONNECTIONS = 1_000;

    private final ServerSocket listener = new ServerSocket();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong confirmed = new AtomicLong();
    private volatile Announcement announcement = new Announcement(new BenchRound(0));
    private volatile SubmissionObserver observer = submission -> {};

    private record Announcement(BenchRound round, String json) {
        Announcement(BenchRound round) {
            this(round, MiningCodec.encode(round.info()).text());
        }
    }

    /** Sees each submission before it is answered, and may delay the answer. Called by several threads. */
    interface SubmissionObserver {
        void arrived(HttpMessageBuffer submission) throws InterruptedException;
    }

    /**
     * Listens on 127.0.0.1.
     *
     * @param port 0 for any free port
     */
    ConstantUpstream(int port) throws IOException {
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

    /** The number of nonces confirmed so far. */
    long confirmed() {
        return confirmed.get();
    }

    BenchRound round() {
        return announcement.round();
    }

    void announceNextRound() {
        announcement = new Announcement(new BenchRound(round().number() + 1));
    }

    /** Replaces the observer. */
    void observe(SubmissionObserver next) {
        observer = next;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                connections.add(socket);
                if (listener.isClosed() || connections.size() > MAX_CONNECTIONS) {
                    connections.remove(socket);
                    socket.close();
                } else {
                    Thread.ofPlatform().name("bench-upstream").daemon().start(() -> serve(socket));
                }
            }
        } catch (IOException e) {
            if (!listener.isClosed()) {
                throw new IllegalStateException("the benchmark's upstream cannot accept connections", e);
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            HttpMessageBuffer request = new HttpMessageBuffer();
            OutputStream out = socket.getOutputStream();
            while (request.read(socket.getInputStream())) {
                out.write(answer(request));
            }
        } catch (IOException e) {
            return; // the client has closed the connection
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(socket);
        }
    }

    private byte[] answer(HttpMessageBuffer request) throws InterruptedException {
        String result = announcement.json();
        if (request.contains(SUBMISSION)) {
            observer.arrived(request);
            confirmed.incrementAndGet();
            result = "{\"raw_quality\":" + request.scalarAfter(QUALITY) + ",\"poc_time\":1}";
        }
        String body = "{\"jsonrpc\":\"2.0\",\"result\":" + result + ",\"id\":" + request.scalarAfter(ID) + "}";
        return AsciiBytes.of("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: "
                + body.length() + "\r\n\r\n" + body);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : connections) {
            socket.close();
        }
    }
}
