package org.pocx.aggregator.protocol.engine;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pocx.aggregator.core.testkit.Await;

/** The engine's time limits, shortened to a second or so, seen from a socket. */
@Timeout(60)
class EngineLimitsTest {
    private static final EngineLimits SHORT =
            new EngineLimits(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(3), 2048, 20);

    /** More than the buffers of a loopback connection hold, so that a peer that does not read blocks the answer. */
    private static final int BIG = 64 * 1024 * 1024;

    private HttpServer server;
    private Socket socket;

    @BeforeEach
    void start() throws IOException {
        server = new HttpEngine(Door.OPEN, SHORT, () -> Instant.EPOCH)
                .createHttpServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.createContext("/", exchange -> {
            int length = exchange.getRequestURI().getPath().equals("/big") ? BIG : 2;
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, length);
            exchange.getResponseBody().write(new byte[length]);
            exchange.close();
        });
        server.start();
        socket = new Socket(server.getAddress().getAddress(), server.getAddress().getPort());
        socket.setSoTimeout(20_000);
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
        long begun = System.nanoTime();
        try {
            assertThat(socket.getInputStream().read()).isNegative();
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    @Test
    void connectionWithoutARequest_isCut() throws IOException {
        assertThat(untilClosed()).isBetween(Duration.ofMillis(800), Duration.ofSeconds(10));
    }

    @Test
    void headThatDoesNotEnd_isCut() throws IOException {
        send("POST / HTTP/1.1\r\nhost: te");
        assertThat(untilClosed()).isBetween(Duration.ofMillis(800), Duration.ofSeconds(10));
    }

    @Test
    void headThatDrips_isCutThoughSomethingComesAllTheTime() throws IOException {
        send("POST / HTTP/1.1\r\nhost: ");
        long begun = System.nanoTime();
        Await.until("it is cut", () -> {
            try {
                send("x");
                return false;
            } catch (IOException cut) {
                return true;
            }
        });
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void bodyThatDoesNotEnd_isCut() throws IOException {
        send("POST / HTTP/1.1\r\nhost: test\r\ncontent-length: 100\r\n\r\n{");
        assertThat(untilClosed()).isBetween(Duration.ofMillis(800), Duration.ofSeconds(10));
    }

    @Test
    void answerThatIsNotRead_isCut() throws IOException {
        send("GET /big HTTP/1.1\r\nhost: test\r\n\r\n");
        long begun = System.nanoTime();
        Await.until("it is cut", () -> System.nanoTime() - begun > Duration.ofSeconds(3).toNanos());
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
        send("GET / HTTP/1.1\r\nhost: test\r\n\r\n");
        InputStream in = socket.getInputStream();
        StringBuilder answer = new StringBuilder();
        while (!answer.toString().endsWith("\0\0")) {
            answer.append((char) in.read());
        }
        assertThat(untilClosed()).isBetween(Duration.ofMillis(2700), Duration.ofSeconds(15));
    }
}
