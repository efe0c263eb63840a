package org.pocx.aggregator.http.outbound;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The relay seen by its client and by other programs of the machine, byte by byte. */
@Timeout(180)
class RelayServerTest {
    private static final HeadRewriter REWRITER = new HeadRewriter("", "pool.example", List.of());

    private final ServerSocket target = listen();
    private final AtomicInteger dialed = new AtomicInteger();
    private RelayServer relay;

    private static ServerSocket listen() {
        try {
            return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void open() {
        relay = RelayServer.open(this::dial, REWRITER, Duration.ofMinutes(1), 2);
    }

    @AfterEach
    void close() throws IOException {
        relay.close();
        target.close();
    }

    private Socket dial(DialDeadline deadline) throws DialException {
        dialed.incrementAndGet();
        try {
            return new Socket(InetAddress.getLoopbackAddress(), target.getLocalPort());
        } catch (IOException e) {
            throw new DialException(DialFailure.of("no"));
        }
    }

    private Socket connect() throws IOException {
        return new Socket(relay.address().getAddress(), relay.address().getPort());
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    private static String read(Socket socket, int bytes) throws IOException {
        return new String(socket.getInputStream().readNBytes(bytes), ISO_8859_1);
    }

    private String request(RelayTicket ticket, String body) {
        return "POST http://relay.invalid/a?b HTTP/1.1\r\nHost: relay.invalid\r\nContent-Length: " + body.length()
                + "\r\nproxy-authorization: " + ticket.secret() + "\r\nX: y\r\n\r\n" + body;
    }

    private static String forwarded(String body) {
        return "POST /a?b HTTP/1.1\r\nHost: pool.example\r\nContent-Length: " + body.length() + "\r\nX: y\r\n\r\n"
                + body;
    }

    @Test
    void requestsWithATicket_areForwardedOverOneConnection() throws IOException {
        try (Socket client = connect()) {
            send(client, request(relay.issueTicket(), "one") + request(relay.issueTicket(), "second"));
            try (Socket accepted = target.accept()) {
                String both = forwarded("one") + forwarded("second");
                assertThat(read(accepted, both.length())).isEqualTo(both);
                send(accepted, "answer");
                assertThat(read(client, 6)).isEqualTo("answer");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "POST http://relay.invalid/ HTTP/1.1\r\n\r\n",
        "POST http://relay.invalid/ HTTP/1.1\r\nProxy-Authorization: Relay 0.1\r\n\r\n",
        "CONNECT pool.example:443 HTTP/1.1\r\n\r\n",
        "nonsense\r\n\r\n",
        "\r\n\r\n"
    })
    void connectionWithoutATicket_isClosed(String text) throws IOException {
        try (Socket stranger = connect()) {
            send(stranger, text);
            assertThat(readToTheEnd(stranger)).isEmpty();
            assertThat(dialed).hasValue(0);
        }
    }

    private static String readToTheEnd(Socket socket) throws IOException {
        try {
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (SocketException reset) {
            return "";
        }
    }

    @Test
    void ticketOfACallThatEnded_isWorthNothing() throws IOException {
        RelayTicket ticket = relay.issueTicket();
        relay.withdraw(ticket);
        assertThat(relay.ticketCount()).isZero();
        try (Socket client = connect()) {
            send(client, request(ticket, "x"));
            assertThat(readToTheEnd(client)).isEmpty();
            assertThat(dialed).hasValue(0);
        }
    }

    @Test
    void connectionsAboveTheBound_areClosed() throws IOException {
        try (Socket first = connect(); Socket second = connect(); Socket third = connect()) {
            assertThat(readToTheEnd(third)).isEmpty();
            send(second, request(relay.issueTicket(), "x"));
            target.accept().close();
            send(first, request(relay.issueTicket(), "x"));
            target.accept().close();
        }
    }

    @Test
    void targetThatCloses_endsTheConnectionAfterItsAnswer() throws IOException {
        try (Socket client = connect()) {
            send(client, request(relay.issueTicket(), "x"));
            try (Socket accepted = target.accept()) {
                read(accepted, forwarded("x").length());
                send(accepted, "answer");
            }
            assertThat(new String(client.getInputStream().readAllBytes(), ISO_8859_1)).isEqualTo("answer");
        }
    }

    @Test
    void targetThatResets_resetsTheClient() throws IOException {
        try (Socket client = connect()) {
            send(client, request(relay.issueTicket(), "x"));
            try (Socket accepted = target.accept()) {
                read(accepted, forwarded("x").length());
                send(accepted, "part");
                assertThat(read(client, 4)).isEqualTo("part");
                accepted.setSoLinger(true, 0);
            }
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void clientThatCloses_closesTheConnectionToTheTarget() throws IOException {
        Socket client = connect();
        send(client, request(relay.issueTicket(), "x"));
        try (Socket accepted = target.accept()) {
            read(accepted, forwarded("x").length());
            client.close();
            assertThat(accepted.getInputStream().read()).isNegative();
        }
    }

    @Test
    void failureToConnect_isOnTheTicket() throws IOException {
        target.close();
        RelayTicket ticket = relay.issueTicket();
        try (Socket client = connect()) {
            send(client, "CONNECT pool.example:443 HTTP/1.1\r\nProxy-Authorization: " + ticket.secret() + "\r\n\r\n");
            assertThat(readToTheEnd(client)).startsWith("HTTP/1.1 502 ");
            assertThat(ticket.failure()).contains(DialFailure.of("no"));
        }
    }

    @Test
    void close_endsConnectionsAndDialing() throws Exception {
        CountDownLatch dialing = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        try (RelayServer other = RelayServer.open(
                deadline -> {
                    dialing.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException ended) {
                        interrupted.countDown();
                    }
                    throw new DialException(DialFailure.of("ended"));
                },
                REWRITER,
                Duration.ofMinutes(1));
                Socket client = new Socket(other.address().getAddress(), other.address().getPort())) {
            send(client, request(other.issueTicket(), "x"));
            dialing.await();
            other.close();
            interrupted.await();
            readToTheEnd(client);
            assertThatThrownBy(() -> new Socket(other.address().getAddress(), other.address().getPort()).close())
                    .isInstanceOf(IOException.class);
        }
    }
}
