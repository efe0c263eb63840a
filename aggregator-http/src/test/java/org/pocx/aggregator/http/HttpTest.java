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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/1.1 as it goes over the wire. */
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "400 | POST /echo HTTP/1.1;host: x;content-length: 3;transfer-encoding: chunked",
        "400 | POST /echo HTTP/1.1;host: x;content-length: 3;content-length: 4",
        "400 | POST /echo HTTP/1.1;host: x;content-length: 3;content-length: 3",
        "400 | POST /echo HTTP/1.1;host: x;content-length: +3",
        "400 | POST /echo HTTP/1.1;host: x;content-length: -1",
        "400 | POST /echo HTTP/1.1;host: x;content-length: 0x3",
        "400 | POST /echo HTTP/1.1;host: x;content-length: 3, 3",
        "400 | POST /echo HTTP/1.1;host: x;content-length:",
        "501 | POST /echo HTTP/1.1;host: x;transfer-encoding: gzip, chunked",
        "501 | POST /echo HTTP/1.1;host: x;transfer-encoding: chunked;transfer-encoding: identity",
        "400 | POST /echo HTTP/1.0;transfer-encoding: chunked",
        "417 | POST /echo HTTP/1.1;host: x;expect: a-miracle;content-length: 3",
        "400 | POST /echo HTTP/1.1",
        "400 | POST /echo HTTP/1.1;host: x;host: x",
        "400 | POST /echo HTTP/1.0;host: x;host: y",
        "400 | POST /echo HTTP/1.1;host: x y",
        "400 | POST /echo HTTP/1.1;host: me@x",
        "400 | POST /echo HTTP/1.1;host: x/y",
        "400 | POST /echo HTTP/1.1;host : x",
        "400 | POST /echo HTTP/1.1;host: x; folded: x",
        "400 | POST /echo HTTP/1.1;host: x; folded",
        "400 | POST /echo HTTP/1.1;host: x;no field",
        "400 | POST /echo HTTP/1.1;host: x;: nameless",
        "400 | POST /echo HTTP/1.1;host: x;a: b\u0000c",
        "400 | POST /echo HTTP/1.1;host: x;a: b<CR>c",
        "400 | POST  /echo HTTP/1.1",
        "400 | POST /echo",
        "400 | POST /ec ho HTTP/1.1",
        "400 | P(ST /echo HTTP/1.1",
        "400 | POST /ec|ho HTTP/1.1",
        "400 | POST mailto:x HTTP/1.1",
        "400 | \u0016\u0003\u0001 hello",
        "505 | POST /echo HTTP/2.0",
        "505 | PRI * HTTP/2.0"
    })
    void brokenHead_isRefusedAndTheConnectionClosed(int status, String head) throws IOException {
        send(head.replace(";", "\r\n").replace("<CR>", "\r") + END + "GET /echo HTTP/1.1\r\nhost: x" + END);
        socket.shutdownOutput();
        assertThat(all()).startsWith("HTTP/1.1 " + status + " ").containsOnlyOnce("HTTP/1.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1\r\nhost: x\r\ncontent-length: 5", "HTTP/1.0", "HTTP/1.0\r\ncontent-length: 5"})
    void chunksWhoseLengthCanBeReadInTwoWays_areRefused(String head) throws IOException {
        send("POST /echo " + head + "\r\ntransfer-encoding: chunked" + END + "0" + END + "GET /echo HTTP/1.1\r\nhost: x"
                + END);
        socket.shutdownOutput();
        assertThat(all()).startsWith("HTTP/1.1 400 ").containsOnlyOnce("HTTP/1.1");
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

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "", " ", "123456789", "0x1", "１"})
    void brokenChunkSize_isRefused(String size) throws IOException {
        send("POST /echo HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked" + END + size + "\r\nabc\r\n0" + END);
        assertThat(until(END)).startsWith("HTTP/1.1 400 ").contains("Connection: close");
    }

    @Test
    void chunkWithoutEnd_isRefused() throws IOException {
        send("POST /echo HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked" + END + "3\r\nabcd\r\n0" + END);
        assertThat(until(END)).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void chunksWithExtensionAndTrailer_areRead() throws IOException {
        send("POST /echo HTTP/1.1\r\nhost: x\r\ntransfer-encoding: Chunked" + END
                + "3;a=b\r\nabc\r\n0A\r\n0123456789\r\n0\r\nx: y" + END);
        assertThat(until("abc0123456789")).startsWith("HTTP/1.1 200 ");
        assertUsable();
    }

    @Test
    void bodyByteByByte_isRead() throws IOException {
        for (byte one : "POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\n\r\nabc"
                .getBytes(StandardCharsets.UTF_8)) {
            socket.getOutputStream().write(one);
        }
        assertThat(until("abc")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void linesThatEndWithALineFeedOnly_areRead() throws IOException {
        send("POST /echo HTTP/1.1\nhost: x\ncontent-length: 3\n\nabc");
        assertThat(until("abc")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void bodyThatTheHandlerLeaves_isPassedOver() throws IOException {
        send("POST /unread HTTP/1.1\r\nhost: x\r\ncontent-length: 60000" + END + "x".repeat(60_000));
        assertThat(until(END)).startsWith("HTTP/1.1 204 ").doesNotContainIgnoringCase("content-length");
        assertUsable();
    }

    @Test
    void longBodyThatTheHandlerLeaves_endsTheConnectionAfterTheAnswer() throws IOException {
        send("POST /unread HTTP/1.1\r\nhost: x\r\ncontent-length: 2000000" + END + "x".repeat(2_000_000));
        socket.shutdownOutput();
        assertThat(all()).startsWith("HTTP/1.1 204 ").containsOnlyOnce("HTTP/1.1");
    }

    @Test
    void bodyThatAwaitsAWordAndIsLeft_isNotWaitedFor() throws IOException {
        send("POST /unread HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 5" + END);
        assertThat(until(END)).startsWith("HTTP/1.1 204 ");
        socket.shutdownOutput();
        assertThat(all()).isEmpty();
    }

    @Test
    void answerOfUnknownLength_comesInChunksAsItIsFlushed() throws IOException {
        send("GET /chunks HTTP/1.1\r\nhost: x" + END);
        assertThat(until("0\r\n\r\n")).contains("Transfer-encoding: chunked" + END + "3\r\none\r\n12\r\ntwo");
        assertUsable();
    }

    @Test
    void answerOfUnknownLengthToAnOldClient_endsWithTheConnection() throws IOException {
        send("GET /chunks HTTP/1.0\r\nconnection: keep-alive" + END);
        assertThat(all()).contains("Connection: close").endsWith(END + "onetwotwotwotwotwotwo");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "mining_node:8080", "10.0.0.1:80", "[::1]:8080", "x:"})
    void hostOfAnyForm_isTaken(String host) throws IOException {
        send("POST /unread HTTP/1.1\r\nhost:" + host + END);
        assertThat(until(END)).startsWith("HTTP/1.1 204 ");
    }

    @Test
    void oldClient_keepsItsConnectionIfItAsks() throws IOException {
        send("POST /echo HTTP/1.0\r\nconnection: Keep-Alive\r\ncontent-length: 3" + END + "abc");
        assertThat(until("abc")).contains("Connection: keep-alive");
        send("POST /echo HTTP/1.0\r\ncontent-length: 3" + END + "abc");
        assertThat(all()).contains("Connection: close").endsWith("abc");
    }

    @Test
    void clientThatAsksToClose_isClosedAfterTheAnswer() throws IOException {
        send("GET /echo HTTP/1.1\r\nhost: x\r\nconnection: foo, Close" + END);
        assertThat(all()).startsWith("HTTP/1.1 200 ").contains("Connection: close");
    }

    @Test
    void clientThatHasSentAll_isStillAnswered() throws IOException {
        send("POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 3" + END + "abc");
        socket.shutdownOutput();
        assertThat(all()).endsWith("abc");
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
    void headRequest_hasNoBody() throws IOException {
        send("HEAD /chunks HTTP/1.1\r\nhost: x" + END);
        assertThat(until(END)).startsWith("HTTP/1.1 200 ");
        assertUsable();
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
