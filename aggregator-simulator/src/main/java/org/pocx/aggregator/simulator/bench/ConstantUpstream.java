package org.pocx.aggregator.simulator.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.pocx.aggregator.protocol.jsonrpc.MiningCodec;

/**
 * An upstream that confirms each nonce at once at its claim, and announces one round for ever.
 *
 * <p>Thread-safe; a thread a connection.
 */
final class ConstantUpstream implements AutoCloseable {
    private static final byte[] SUBMISSION = MessageBuffer.ascii("\"submit_nonce\"");
    private static final byte[] QUALITY = MessageBuffer.ascii("\"raw_quality\":");
    private static final byte[] ID = MessageBuffer.ascii("\"id\":");
    private static final int BACKLOG = 256;

    private final ServerSocket listener;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong confirmed = new AtomicLong();
    private final String info = MiningCodec.encode(BenchRound.INFO).text();

    /** Listens at a free port of 127.0.0.1. */
    ConstantUpstream() throws IOException {
        listener = new ServerSocket(0, BACKLOG, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        Thread.ofPlatform().name("bench-upstream-accept").daemon().start(this::accept);
    }

    /** Runs until its input ends: with whoever started it. Prints its port at first, at last how many it confirmed. */
    public static void main(String[] args) throws IOException {
        try (ConstantUpstream upstream = new ConstantUpstream()) {
            System.out.println(upstream.port());
            while (System.in.read() >= 0) {
                // nothing is said to it
            }
            System.out.println(upstream.confirmed());
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    long confirmed() {
        return confirmed.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                connections.add(socket);
                Thread.ofPlatform().name("bench-upstream").daemon().start(() -> serve(socket));
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
        } finally {
            connections.remove(socket);
        }
    }

    private byte[] answer(MessageBuffer request) {
        String result = info;
        if (request.contains(SUBMISSION)) {
            confirmed.incrementAndGet();
            result = "{\"raw_quality\":" + request.scalarAfter(QUALITY) + ",\"poc_time\":1}";
        }
        String body = "{\"jsonrpc\":\"2.0\",\"result\":" + result + ",\"id\":" + request.scalarAfter(ID) + "}";
        return MessageBuffer.ascii("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: "
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
