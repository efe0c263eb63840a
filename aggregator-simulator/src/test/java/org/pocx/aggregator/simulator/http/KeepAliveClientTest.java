package org.pocx.aggregator.simulator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class KeepAliveClientTest {
    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final String LAST = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok";

    private final List<Socket> accepted = new CopyOnWriteArrayList<>();
    private final List<HttpMessage> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch twoAtOnce = new CountDownLatch(2);
    private final CountDownLatch oneEnded = new CountDownLatch(1);
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        for (Socket socket : accepted) {
            socket.close();
        }
    }

    @Test
    void requestsOneAfterTheOther_shareAConnection() throws IOException {
        answer(OK);
        try (KeepAliveClient client = client("127.77.0.9")) {
            client.post(Map.of(), BODY);
            HttpMessage answer = client.post(Map.of("authorization", "Bearer x"), BODY);
            assertThat(answer.body()).asString(StandardCharsets.UTF_8).isEqualTo("ok");
        }
        assertThat(accepted).hasSize(1);
        assertThat(accepted.getFirst().getInetAddress().getHostAddress()).isEqualTo("127.77.0.9");
        assertThat(requests).extracting(request -> request.header("user-agent")).containsOnly(Optional.of("miner"));
        assertThat(requests.getLast().header("authorization")).contains("Bearer x");
    }

    @Test
    void lastAnswerOfAConnection_isFollowedByANewOne() throws IOException {
        answer(LAST);
        try (KeepAliveClient client = client("127.0.0.1")) {
            client.post(Map.of(), BODY);
            client.post(Map.of(), BODY);
        }
        assertThat(accepted).hasSize(2);
    }

    @Test
    void overlappingRequests_haveAConnectionEach() throws InterruptedException {
        serve(out -> {
            twoAtOnce.countDown();
            await(twoAtOnce);
            write(out, OK);
        });
        try (KeepAliveClient client = client("127.0.0.1")) {
            Thread other = Thread.ofVirtual().start(() -> post(client));
            post(client);
            other.join();
        }
        assertThat(accepted).hasSize(2);
    }

    @Test
    void connectionThatOnlyABusyMomentNeeded_isClosedWhileOthersWork() throws Exception {
        serve(out -> {
            twoAtOnce.countDown();
            await(twoAtOnce);
            write(out, OK);
        });
        try (KeepAliveClient client = new KeepAliveClient(
                address("127.0.0.1"), uri(), Duration.ofSeconds(60), "miner", Duration.ofMillis(500))) {
            Thread other = Thread.ofVirtual().start(() -> post(client));
            post(client);
            other.join();
            while (!oneEnded.await(10, TimeUnit.MILLISECONDS)) {
                client.post(Map.of(), BODY); // until the limit of the class when it is never closed
            }
        }
    }

    @Test
    void answerThatDrips_isGivenUpAtTheDeadline() {
        CountDownLatch never = new CountDownLatch(1);
        serve(out -> {
            write(out, "HTTP/1.1 200 OK\r\n");
            await(never);
        });
        try (KeepAliveClient client = new KeepAliveClient(
                InetAddress.getLoopbackAddress(), uri(), Duration.ofMillis(150), "miner")) {
            assertThatThrownBy(() -> client.post(Map.of(), BODY)).isInstanceOf(SocketTimeoutException.class);
        } finally {
            never.countDown();
        }
    }

    @Test
    void closedClient_sendsNothing() {
        KeepAliveClient client =
                new KeepAliveClient(InetAddress.getLoopbackAddress(), uri(), Duration.ofSeconds(60), "miner");
        client.close();
        client.close();
        assertThatThrownBy(() -> client.post(Map.of(), BODY)).isInstanceOf(IOException.class);
    }

    private KeepAliveClient client(String source) {
        return new KeepAliveClient(address(source), uri(), Duration.ofSeconds(60), "miner");
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    private void post(KeepAliveClient client) {
        try {
            client.post(Map.of(), BODY);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void answer(String text) {
        serve(out -> write(out, text));
    }

    private void serve(Exchange exchange) {
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Socket socket = server.accept();
                    accepted.add(socket);
                    Thread.ofVirtual().start(() -> serve(socket, exchange));
                }
            } catch (IOException e) {
                return; // the test is over
            }
        });
    }

    private void serve(Socket socket, Exchange exchange) {
        try {
            HttpReader reader = new HttpReader(socket.getInputStream());
            for (Optional<HttpMessage> request = reader.read(); request.isPresent(); request = reader.read()) {
                requests.add(request.get());
                exchange.answer(socket.getOutputStream());
            }
            oneEnded.countDown();
        } catch (IOException e) {
            return; // the test is over
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Exchange {
        void answer(OutputStream out) throws IOException;
    }
}
