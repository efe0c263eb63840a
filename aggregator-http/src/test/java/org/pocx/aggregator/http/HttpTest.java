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
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the engine does where HTTP leaves it open: limits, handlers with faults, and the stop. See {@code HttpConformance} for the rest. */
@Timeout(180)
class HttpTest {
    private static final String END = "\r\n\r\n";
    private static final Instant NOW = Instant.parse("2028-02-29T23:59:59Z");

    private final CountDownLatch handling = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private HttpServer server;
    private Socket socket;

    @BeforeEach
    void start() throws IOException {
        server = new HttpEngine(AdmissionControl.ADMIT_ALL, EngineLimits.DEFAULT, () -> NOW)
                .createHttpServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.createContext("/echo", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        });
        server.createContext("/unread", exchange -> exchange.sendResponseHeaders(204, -1));
        server.createContext("/chunks", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("one".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            exchange.getResponseBody().write("twotwotwotwotwotwo".getBytes(StandardCharsets.UTF_8));
        });
        server.createContext("/short", exchange -> {
            exchange.sendResponseHeaders(200, 10);
            exchange.getResponseBody().write(1);
        });
        server.createContext("/nothing", exchange -> {});
        server.createContext("/fault", exchange -> {
            throw new IllegalStateException("a bug, thrown by the test");
        });
        server.createContext("/slow", exchange -> {
            handling.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write(new byte[] {'o', 'k'});
        });
        server.start();
        socket = connect();
    }

    private Socket connect() throws IOException {
        Socket connected = new Socket(server.getAddress().getAddress(), server.getAddress().getPort());
        connected.setSoTimeout(60_000);
        return connected;
    }

    @AfterEach
    void stop() throws IOException {
        release.countDown();
        socket.close();
        server.stop(0);
    }

    private void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private String until(String end) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder text = new StringBuilder();
        while (!text.toString().endsWith(end)) {
            int c = in.read();
            if (c < 0) {
                throw new AssertionError("closed after " + text);
            }
            text.append((char) c);
        }
        return text.toString();
    }

    private String all() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void answer_isDatedByTheClockThatWasGiven() throws IOException {
        send("POST /unread HTTP/1.1\r\nhost: x" + END);

        assertThat(until(END)).contains("\r\nDate: Tue, 29 Feb 2028 23:59:59 GMT\r\n");
    }

    private void assertUsable() throws IOException {
        send("POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 6" + END + "usable");
        assertThat(until("usable")).startsWith("HTTP/1.1 200 OK\r\n");
    }

    @Test
    void endlessHead_isRefused() throws IOException {
        send("GET / HTTP/1.1\r\nhost: x\r\nx: " + "x".repeat(9_000));
        assertThat(until(END)).startsWith("HTTP/1.1 431 ").contains("Connection: close");
    }

    @Test
    void tooManyFields_areRefused() throws IOException {
        send("GET / HTTP/1.1\r\nhost: x\r\n" + "a:\r\n".repeat(65));
        assertThat(until(END)).startsWith("HTTP/1.1 431 ");
    }

    @Test
    void longFields_areRefusedTogether() throws IOException {
        send("GET / HTTP/1.1\r\nhost: x\r\n" + ("a: " + "x".repeat(1_000) + "\r\n").repeat(9));
        assertThat(until(END)).startsWith("HTTP/1.1 431 ");
    }

    @Test
    void headOfManyFieldsBelowTheLimit_isTaken() throws IOException {
        send("GET /echo HTTP/1.1\r\nhost: x\r\n" + "abc: defghij\r\n".repeat(63) + "\r\n");
        assertThat(until(END)).startsWith("HTTP/1.1 200 ");
        assertUsable();
    }

    @Test
    void unreadBody_isSkipped() throws IOException {
        send("POST /unread HTTP/1.1\r\nhost: x\r\ncontent-length: 60000" + END + "x".repeat(60_000));
        assertThat(until(END)).startsWith("HTTP/1.1 204 ").doesNotContainIgnoringCase("content-length");
        assertUsable();
    }

    @Test
    void longUnreadBody_endsTheConnectionAfterTheResponse() throws IOException {
        send("POST /unread HTTP/1.1\r\nhost: x\r\ncontent-length: 2000000" + END + "x".repeat(2_000_000));
        socket.shutdownOutput();
        assertThat(all()).startsWith("HTTP/1.1 204 ").containsOnlyOnce("HTTP/1.1");
    }

    @Test
    void unreadBodyThatAwaitsContinue_isNotWaitedFor() throws IOException {
        send("POST /unread HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 5" + END);
        assertThat(until(END)).startsWith("HTTP/1.1 204 ");
        socket.shutdownOutput();
        assertThat(all()).isEmpty();
    }

    @Test
    void responseOfUnknownLength_isChunkedAsItIsFlushed() throws IOException {
        send("GET /chunks HTTP/1.1\r\nhost: x" + END);
        assertThat(until("0\r\n\r\n")).contains("Transfer-encoding: chunked" + END + "3\r\none\r\n12\r\ntwo");
        assertUsable();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/fault"})
    void handlerWithoutAnAnswer_dropsTheConnection(String path) throws IOException {
        send("GET " + path + " HTTP/1.1\r\nhost: x" + END);
        assertThat(all()).isEmpty();
    }

    @Test
    void answerShorterThanAnnounced_endsTheConnection() throws IOException {
        send("GET /short HTTP/1.1\r\nhost: x" + END);
        assertThat(all()).contains("Content-length: 10").endsWith("\u0001");
    }

    @Test
    void pathWithoutContext_is404() throws IOException {
        send("GET /none HTTP/1.1\r\nhost: x" + END);
        assertThat(until(END)).startsWith("HTTP/1.1 404 ");
    }

    @Test
    void stop_letsARunningRequestEndAndClosesThoseThatRest() throws Exception {
        assertUsable();
        try (Socket busy = connect()) {
            busy.getOutputStream().write(("GET /slow HTTP/1.1\r\nhost: x" + END).getBytes(StandardCharsets.UTF_8));
            handling.await();
            CompletableFuture<Void> stopping = CompletableFuture.runAsync(() -> server.stop(3_600));
            assertThat(socket.getInputStream().read()).isNegative();
            assertThat(stopping).isNotDone();
            release.countDown();
            assertThat(new String(busy.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("Connection: close")
                    .endsWith("ok");
            stopping.get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void stopWithoutPatience_cutsARunningRequest() throws Exception {
        send("GET /slow HTTP/1.1\r\nhost: x" + END);
        handling.await();
        server.stop(0);
        try {
            assertThat(socket.getInputStream().read()).isNegative();
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }
}
