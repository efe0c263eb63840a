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

/** An upstream that answers with whatever bytes a test wants; counts what it got rid of. */
final class RawUpstream implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong written = new AtomicLong();
    private final Script script;

    /** What follows a request. The connection is closed when this returns or throws. */
    interface Script {
        void answer(OutputStream out, String id) throws IOException, InterruptedException;
    }

    RawUpstream(Script script) throws IOException {
        this.script = script;
        Thread.ofPlatform().daemon().start(this::listen);
    }

    private void listen() {
        try {
            while (true) {
                Socket connection = listener.accept();
                Thread.ofPlatform().daemon().start(() -> talk(connection));
            }
        } catch (IOException closed) {
            return;
        }
    }

    private void talk(Socket connection) {
        try (connection) {
            RawRequest request = RawRequest.read(connection.getInputStream());
            requests.incrementAndGet();
            script.answer(counting(connection.getOutputStream()), request.id());
        } catch (IOException | InterruptedException gone) {
            return;
        }
    }

    private OutputStream counting(OutputStream out) {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                out.write(one);
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

    /** Bytes that somebody has taken, or that lie in the buffers of the network. */
    long written() {
        return written.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
