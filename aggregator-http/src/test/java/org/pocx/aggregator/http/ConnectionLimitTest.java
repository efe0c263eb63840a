package org.pocx.aggregator.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More connections than slots. */
@Timeout(180)
class ConnectionLimitTest {
    private static final int PLACES = 20;

    /** Limits that are not reached in the test. */
    private static final EngineLimits LONG = new EngineLimits(
            Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1), 8 * 1024, 64);

    private final AtomicInteger taken = new AtomicInteger();
    private final List<Socket> sockets = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        AdmissionControl admission = peer -> {
            if (taken.incrementAndGet() > PLACES) {
                taken.decrementAndGet();
                return new AdmissionControl.Decision.Full();
            }
            return new AdmissionControl.Decision.Admitted(taken::decrementAndGet);
        };
        server = new HttpEngine(admission, LONG, () -> Instant.EPOCH)
                .createHttpServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.createContext("/", exchange -> exchange.sendResponseHeaders(204, -1));
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        server.stop(0);
    }

    private Socket connect() {
        try {
            Socket socket = new Socket(server.getAddress().getAddress(), server.getAddress().getPort());
            socket.setSoTimeout(60_000);
            sockets.add(socket);
            return socket;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Releases the descriptor of each failed connection, because there may be a thousand of them. */
    private boolean isNewcomerAnswered() {
        Socket newcomer = connect();
        if (isAnswered(newcomer)) {
            return true;
        }
        try {
            newcomer.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        sockets.remove(newcomer);
        return false;
    }

    private static boolean isAnswered(Socket socket) {
        try {
            socket.getOutputStream().write("GET / HTTP/1.1\r\nhost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            StringBuilder answer = new StringBuilder();
            while (!answer.toString().endsWith("\r\n\r\n")) {
                int c = socket.getInputStream().read();
                if (c < 0) {
                    return false;
                }
                answer.append((char) c);
            }
            return answer.toString().startsWith("HTTP/1.1 204");
        } catch (IOException closed) {
            return false;
        }
    }

    @Test
    void connectionBeyondThePlaces_isClosedAtOnce() throws IOException {
        for (int i = 0; i < PLACES; i++) {
            assertThat(isAnswered(connect())).isTrue();
        }
        Socket late = connect();
        try {
            assertThat(late.getInputStream().read()).isNegative();
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }

    @Test
    void endedConnection_releasesItsSlot() throws IOException {
        for (int i = 0; i < PLACES; i++) {
            assertThat(isAnswered(connect())).isTrue();
        }
        sockets.get(0).close();
        Eventually.holds("there is a slot", this::isNewcomerAnswered);
        assertThat(isAnswered(sockets.get(1))).isTrue();
    }

    @Test
    void silentConnections_areClosedForActiveOnes_andNeverTheReverse() {
        Socket good = connect();
        assertThat(isAnswered(good)).isTrue();
        for (int i = 1; i < PLACES; i++) {
            connect();
        }
        Eventually.holds("a newcomer is served though the silent ones are within their limit",
                this::isNewcomerAnswered);
        assertThat(isAnswered(good)).isTrue();
    }

    @Test
    void places_areAllLeftInTheEnd() throws IOException {
        for (int i = 0; i < 3 * PLACES; i++) {
            connect();
        }
        for (Socket socket : sockets) {
            socket.close();
        }
        Eventually.holds("all places are free", () -> taken.get() == 0);
    }
}
