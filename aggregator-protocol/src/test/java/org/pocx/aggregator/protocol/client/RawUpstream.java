package org.pocx.aggregator.protocol.client;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.pocx.aggregator.core.testkit.RawRequest;

/** An upstream whose responses a test writes byte by byte. Counts the requests and the written bytes. */
final class RawUpstream implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong written = new AtomicLong();
    private final Script script;

    /** Writes the response to a request. The connection is closed when this returns or throws. */
    interface Script {
        void answer(OutputStream out, String id) throws IOException, InterruptedException;
    }

    RawUpstream(Script script) throws IOException {
        this.script = script;
        Thread.ofPlatform().daemon().start(this::accept);
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = listener.accept();
                Thread.ofPlatform().daemon().start(() -> serve(connection));
            }
        } catch (IOException closed) {
            return;
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            RawRequest request = RawRequest.read(connection.getInputStream());
            requests.incrementAndGet();
            script.answer(counting(connection.getOutputStream()), request.id());
        } catch (IOException | InterruptedException disconnected) {
            return;
        }
    }

    private OutputStream counting(OutputStream out) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                out.write(b);
                written.incrementAndGet();
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
                written.addAndGet(length);
            }
        };
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/");
    }

    int requests() {
        return requests.get();
    }

    /** Returns the number of bytes that were written to the socket, whether they were read or not. */
    long written() {
        return written.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
