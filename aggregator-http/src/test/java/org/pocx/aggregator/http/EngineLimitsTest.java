package org.pocx.aggregator.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The engine's time limits, seen from a socket. Time goes on by a step whenever the engine looks for late connections. */
@Timeout(180)
class EngineLimitsTest {
    private static final Duration STEP = Duration.ofSeconds(10);
    private static final Duration REQUEST = STEP.multipliedBy(2);
    private static final Duration ANSWER = STEP;
    private static final Duration IDLE = STEP.multipliedBy(5);
    private static final EngineLimits LIMITS = new EngineLimits(REQUEST, ANSWER, IDLE, 2048, 20);

    /** More than the buffers of a loopback connection hold, so that a peer that does not read blocks the answer. */
    private static final int BIG = 64 * 1024 * 1024;

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - STEP.toNanos());
    private final CountDownLatch answerIsCut = new CountDownLatch(1);
    private HttpServer server;
    private Socket socket;
    private long begun;

    @BeforeEach
    void start() throws IOException {
        server = new EngineServer(
                AdmissionControl.ADMIT_ALL, LIMITS, new DeadlineClock(this::nanoTime),
                new HttpDate(() -> Instant.EPOCH));
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.createContext("/", exchange -> {
            int length = exchange.getRequestURI().getPath().equals("/big") ? BIG : 2;
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, length);
            try {
                exchange.getResponseBody().write(new byte[length]);
            } catch (IOException cut) {
                answerIsCut.countDown();
                throw cut;
            }
            exchange.close();
        });
        server.start();
        begun = now.get();
        socket = new Socket(server.getAddress().getAddress(), server.getAddress().getPort());
        socket.setSoTimeout(60_000);
    }

    private long nanoTime() {
        boolean looksForLateOnes = Thread.currentThread().getName().equals("http-deadlines");
        return looksForLateOnes ? now.addAndGet(STEP.toNanos()) : now.get();
    }

    @AfterEach
    void stop() throws IOException {
        socket.close();
        server.stop(0);
    }

    private void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private Duration untilClosed() throws IOException {
        try {
            assertThat(socket.getInputStream().read()).isNegative();
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
        return Duration.ofNanos(now.get() - begun);
    }

    @Test
    void connectionWithoutARequest_isCut() throws IOException {
        assertThat(untilClosed()).isGreaterThanOrEqualTo(REQUEST);
    }

    @Test
    void headThatDoesNotEnd_isCut() throws IOException {
        send("POST / HTTP/1.1\r\nhost: te");
        assertThat(untilClosed()).isGreaterThanOrEqualTo(REQUEST);
    }

    @Test
    void headThatDrips_isCutThoughSomethingComesAllTheTime() throws IOException {
        send("POST / HTTP/1.1\r\nhost: ");
        Eventually.holds("it is cut", () -> {
            try {
                send("x");
                return false;
            } catch (IOException cut) {
                return true;
            }
        });
    }

    @Test
    void bodyThatDoesNotEnd_isCut() throws IOException {
        send("POST / HTTP/1.1\r\nhost: test\r\ncontent-length: 100\r\n\r\n{");
        assertThat(untilClosed()).isGreaterThanOrEqualTo(REQUEST);
    }

    @Test
    void responseThatIsNotRead_endsTheConnection() throws IOException {
        send("GET /big HTTP/1.1\r\nhost: test\r\n\r\n");
        Eventually.holds("it is cut", () -> answerIsCut.getCount() == 0);
        assertThat(readAll()).isLessThan(BIG);
    }

    private long readAll() throws IOException {
        long bytes = 0;
        byte[] buffer = new byte[1 << 16];
        InputStream in = socket.getInputStream();
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes += read;
            }
        } catch (SocketException reset) {
            return bytes;
        }
        return bytes;
    }

    @Test
    void idleConnection_isKeptForTheIdleTimeThoughLongerThanARequestMayTake() throws IOException {
        begun = now.get();
        send("GET / HTTP/1.1\r\nhost: test\r\n\r\n");
        InputStream in = socket.getInputStream();
        StringBuilder answer = new StringBuilder();
        while (!answer.toString().endsWith("\0\0")) {
            answer.append((char) in.read());
        }
        assertThat(untilClosed()).isGreaterThanOrEqualTo(IDLE);
    }
}
