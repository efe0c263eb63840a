package org.pocx.aggregator.protocol.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pocx.aggregator.core.Readiness;
import org.pocx.aggregator.core.mining.NoAnswer;
import org.pocx.aggregator.core.testkit.Heavy;
import org.pocx.aggregator.core.testkit.Threads;
import org.pocx.aggregator.http.testkit.RawHttpClient;
import org.pocx.aggregator.protocol.Samples;

@Timeout(180)
class MinerServerLifecycleTest {
    private final FakeMiningService service = new FakeMiningService();

    private MinerServer start(InetSocketAddress address) {
        return MinerServer.start(
                new MinerServerSettings(address, "name", "version"),
                service,
                () -> new Readiness(Optional.empty(), Optional.empty()));
    }

    private MinerServer start() {
        return start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @Test
    void withoutStats_thereIsNoSuchPath() throws IOException {
        try (MinerServer server = start();
                RawHttpClient client = new RawHttpClient(server.address())) {
            assertThat(client.exchange(RawHttpClient.get("/stats")).status()).isEqualTo(404);
        }
    }

    @Test
    void portInUse_isReportedInOneLine() {
        try (MinerServer first = start()) {
            assertThatThrownBy(() -> start(first.address()))
                    .isInstanceOf(ListenException.class)
                    .hasMessage("cannot listen on 127.0.0.1:" + first.address().getPort() + ": the port is in use;"
                            + " stop the program that holds it, or choose another server.listen_address");
        }
    }

    @Test
    void addressOfAnotherMachine_isReportedInOneLine() {
        assertThatThrownBy(() -> start(new InetSocketAddress("192.0.2.1", 0)))
                .isInstanceOf(ListenException.class)
                .hasMessageContaining("cannot listen on 192.0.2.1:0: ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void unknownHost_isReportedInOneLine() {
        assertThatThrownBy(() -> start(InetSocketAddress.createUnresolved("no-such-host.invalid", 1)))
                .isInstanceOf(ListenException.class)
                .hasMessageContaining("no-such-host.invalid:1");
    }

    @Test
    void close_letsARunningRequestEnd() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        service.infos = () -> {
            running.countDown();
            awaitUninterruptibly(release);
            return Samples.miningInfo();
        };
        MinerServer server = start();
        try (RawHttpClient client = new RawHttpClient(server.address())) {
            client.send(RawHttpClient.post(Samples.traffic("get_mining_info.request")));
            running.await();
            CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
            release.countDown();
            assertThat(client.read().status()).isEqualTo(200);
            closing.get(60, TimeUnit.SECONDS);
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    @Heavy
    void close_afterADroppedConnection_doesNotWait() throws IOException {
        service.verdicts = submission -> new NoAnswer("test");
        MinerServer server = start();
        try (RawHttpClient client = new RawHttpClient(server.address())) {
            client.send(RawHttpClient.post(Samples.traffic("submit_nonce.request")));
            assertThat(client.isClosed()).isTrue();
        }
        long begun = System.nanoTime();
        server.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void closedServer_refusesConnections() {
        MinerServer server = start();
        InetSocketAddress address = server.address();
        server.close();
        server.close();
        assertThatThrownBy(() -> new RawHttpClient(address)).isInstanceOf(ConnectException.class);
    }

    @Test
    void close_leavesNoThread() throws IOException {
        Threads before = Threads.now();
        MinerServer server = start();
        try (RawHttpClient client = new RawHttpClient(server.address())) {
            assertThat(client.exchange(RawHttpClient.get("/health")).status()).isEqualTo(200);
            server.close();
        }

        before.awaitNoOthers();
    }
}
