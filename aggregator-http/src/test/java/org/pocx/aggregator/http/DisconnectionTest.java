package org.pocx.aggregator.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.http.testkit.RawHttpClient;
import org.pocx.aggregator.http.testkit.TlsIdentities;

/** A client that disconnects while its request waits is noticed, and one that stays is not disturbed. */
@Timeout(180)
class DisconnectionTest {
    private static final String REQUEST = RawHttpClient.post("some words");
    private static final Duration STEP = Duration.ofSeconds(10);

    private final CountDownLatch gone = new CountDownLatch(1);
    private final Semaphore waiting = new Semaphore(0);
    private final Semaphore release = new Semaphore(0);
    private final AtomicLong now = new AtomicLong();
    private HttpsServer server;

    private RawHttpClient start() throws IOException {
        return start(EngineLimits.DEFAULT);
    }

    private RawHttpClient start(EngineLimits limits) throws IOException {
        open(limits);
        server.start();
        return new RawHttpClient(server.getAddress());
    }

    private void open(EngineLimits limits) throws IOException {
        server = new EngineServer(
                AdmissionControl.ADMIT_ALL, limits, new DeadlineClock(this::nanoTime),
                new HttpDate(() -> Instant.EPOCH));
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.createContext("/", this::answerLater);
    }

    private void answerLater(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Disconnection.watch(exchange, () -> {
            gone.countDown();
            release.release();
        });
        waiting.release();
        release.acquireUninterruptibly();
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** Each look for late connections finds that {@link #STEP} has passed. */
    private long nanoTime() {
        boolean looksForLateOnes = Thread.currentThread().getName().equals("http-deadlines");
        return looksForLateOnes ? now.addAndGet(STEP.toNanos()) : now.get();
    }

    @AfterEach
    void stop() {
        release.release(100);
        server.stop(0);
    }

    private void assertIsGone() throws InterruptedException {
        assertThat(gone.await(2, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void clientThatDisconnects_isNoticed() throws Exception {
        try (RawHttpClient client = start()) {
            client.send(REQUEST);
            waiting.acquire();
        }

        assertIsGone();
    }

    @Test
    void clientThatFinishesSending_isNoticed_andGetsItsAnswer() throws Exception {
        try (RawHttpClient client = start()) {
            client.send(REQUEST);
            waiting.acquire();
            client.finishSending();

            assertIsGone();
            assertThat(client.read().body()).isEqualTo("some words");
        }
    }

    @Test
    void clientThatStays_isAnsweredAgainAndAgain() throws Exception {
        try (RawHttpClient client = start()) {
            for (int i = 0; i < 20; i++) {
                client.send(RawHttpClient.post("words " + i));
                waiting.acquire();
                release.release();
                assertThat(client.read().body()).isEqualTo("words " + i);
            }
            assertThat(gone.getCount()).isEqualTo(1);
        }
    }

    @Test
    void requestThatComesDuringTheWait_isAnsweredNext() throws Exception {
        try (RawHttpClient client = start()) {
            client.send(REQUEST);
            waiting.acquire();
            client.send(RawHttpClient.post("first") + RawHttpClient.post("second"));
            release.release(3);

            assertThat(client.read().body()).isEqualTo("some words");
            assertThat(client.read().body()).isEqualTo("first");
            assertThat(client.read().body()).isEqualTo("second");
        }
    }

    @Test
    void connectionThatWaitsForItsAnswer_isNotCut_howeverLongThatTakes() throws Exception {
        Duration limit = STEP.multipliedBy(2);
        try (RawHttpClient client = start(new EngineLimits(limit, limit, limit, 2048, 20))) {
            client.send(REQUEST);
            waiting.acquire();
            long end = now.get() + limit.multipliedBy(3).toNanos();
            Eventually.holds("time passes", () -> now.get() - end > 0);
            release.release();

            assertThat(client.read().body()).isEqualTo("some words");
        }
    }

    @Test
    void connectionThatIsIdleAfterItsAnswer_isCut() throws Exception {
        try (RawHttpClient client = start(new EngineLimits(STEP, STEP, STEP, 2048, 20))) {
            client.send(REQUEST);
            waiting.acquire();
            release.release();

            assertThat(client.read().body()).isEqualTo("some words");
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void overTls_theSameHolds(@TempDir Path folder) throws Exception {
        open(EngineLimits.DEFAULT);
        server.setHttpsConfigurator(
                new HttpsConfigurator(TlsIdentities.server(TlsIdentities.keyStore(folder, "engine", "EC"))));
        server.start();
        Socket socket = TlsIdentities.anyServer()
                .getSocketFactory()
                .createSocket(server.getAddress().getAddress(), server.getAddress().getPort());
        try (RawHttpClient client = new RawHttpClient(socket)) {
            for (int i = 0; i < 3; i++) {
                client.send(REQUEST);
                waiting.acquire();
                release.release();
                assertThat(client.read().body()).isEqualTo("some words");
            }
            client.send(REQUEST);
            waiting.acquire();
        }

        assertIsGone();
    }
}
