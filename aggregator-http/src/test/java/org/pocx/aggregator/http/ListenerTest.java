package org.pocx.aggregator.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class ListenerTest {
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger opened = new AtomicInteger();
    private final BlockingQueue<Socket> accepted = new LinkedBlockingQueue<>();
    private volatile ServerSocket listening;
    private Listener listener;

    /** Fails to accept while configured to do so. */
    private ServerSocket open(InetSocketAddress address, int backlog) throws IOException {
        ServerSocket socket = new ServerSocket() {
            @Override
            public Socket accept() throws IOException {
                Socket connection = super.accept();
                if (failures.getAndDecrement() > 0) {
                    connection.close();
                    throw new SocketException("Too many open files");
                }
                return connection;
            }
        };
        socket.setReuseAddress(true);
        socket.bind(address, backlog);
        listening = socket;
        opened.incrementAndGet();
        return socket;
    }

    private void start() throws IOException {
        listener = Listener.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50, this::open);
        listener.start(accepted::add);
    }

    private void assertAccepts() throws Exception {
        try (Socket client = new Socket(listener.address().getAddress(), listener.address().getPort());
                Socket served = accepted.poll(60, TimeUnit.SECONDS)) {
            assertThat(served).isNotNull();
            assertThat(served.getPort()).isEqualTo(client.getLocalPort());
        }
    }

    @AfterEach
    void close() {
        listener.close();
    }

    @Test
    void failedAccepts_areWaitedOut() throws Exception {
        start();
        failures.set(3);
        for (int i = 0; i < 3; i++) {
            new Socket(listener.address().getAddress(), listener.address().getPort()).close();
        }
        assertAccepts();
        assertThat(opened).hasValue(1);
    }

    @Test
    void deadSocket_isOpenedAnewOnTheSamePort() throws Exception {
        start();
        InetSocketAddress before = listener.address();
        listening.close();
        Eventually.holds("it listens again", () -> opened.get() == 2);
        assertAccepts();
        assertThat(listener.address()).isEqualTo(before);
    }

    @Test
    void faultInTheReception_doesNotEndTheListening() throws Exception {
        listener = Listener.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50, this::open);
        AtomicInteger calls = new AtomicInteger();
        listener.start(socket -> {
            if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("a bug, thrown by the test");
            }
            accepted.add(socket);
        });
        new Socket(listener.address().getAddress(), listener.address().getPort()).close();
        assertAccepts();
    }

    @Test
    void closedListener_acceptsNoMoreAndOpensNothing() throws Exception {
        start();
        listener.close();
        listener.close();
        assertThat(listening.isClosed()).isTrue();
        assertThat(opened).hasValue(1);
    }
}
