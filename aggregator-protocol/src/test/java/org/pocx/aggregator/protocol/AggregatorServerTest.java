package org.pocx.aggregator.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pocx.aggregator.core.SubmissionMode;
import org.pocx.aggregator.core.event.AggregatorListener;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.SubmissionReceipt;
import org.pocx.aggregator.core.store.StoreChange;
import org.pocx.aggregator.core.store.SubmissionStore;
import org.pocx.aggregator.core.testkit.Await;
import org.pocx.aggregator.core.testkit.CountedFates;
import org.pocx.aggregator.core.testkit.FakeUpstream;
import org.pocx.aggregator.core.upstream.Upstream;
import org.pocx.aggregator.http.testkit.RawHttpClient;
import org.pocx.aggregator.protocol.client.Credentials;
import org.pocx.aggregator.protocol.server.ListenException;

@Timeout(180)
class AggregatorServerTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final MinerId MINER = new MinerId("10.0.0.1");

    private static final StoreChange ANNOUNCED = new StoreChange.RoundAnnounced(Samples.miningInfo(), Instant.EPOCH);

    private final FakeUpstream pool = new FakeUpstream();

    private AggregatorServer.Builder builder() {
        return AggregatorServer.builder().listen(ANY_PORT).upstream(pool);
    }

    @Test
    void server_isConnectedFromMinerToUpstream() throws IOException {
        pool.announce(Samples.miningInfo());
        CountedFates fates = new CountedFates();
        SubmissionStore store = SubmissionStore.inMemory();
        try (AggregatorServer server = builder().store(store).listener(fates).start();
                RawHttpClient miner = new RawHttpClient(server.address())) {
            assertThat(miner.exchange(RawHttpClient.post(Samples.traffic("submit_nonce.request"))).body())
                    .contains("\"raw_quality\"");
            Await.until("the nonce is confirmed", () -> fates.count(Fate.CONFIRMED) == 1);
            assertThat(pool.submitted()).containsExactly(Samples.submission());
            assertThat(store.load(Instant.EPOCH).verdicts()).hasSize(1);
        }
    }

    @Test
    void serverInFrontOfAServer_forwardsByJsonRpc() {
        pool.announce(Samples.miningInfo());
        try (AggregatorServer far = builder().start();
                AggregatorServer near = AggregatorServer.builder()
                        .listen(ANY_PORT)
                        .upstream(URI.create("http://127.0.0.1:" + far.address().getPort() + "/"))
                        .mode(SubmissionMode.WALLET)
                        .start()) {
            Await.until("mining info has arrived", () -> near.aggregator().readiness().ready());

            assertThat(near.aggregator().submit(Samples.submission(), MINER)).isInstanceOf(SubmissionReceipt.class);

            Await.until("the nonce has arrived", () -> pool.submitted().equals(List.of(Samples.submission())));
        }
    }

    @Test
    void pages_showNameVersionAndStats_ifGiven() throws IOException {
        try (AggregatorServer server = builder()
                .name("my-farm")
                .version("7")
                .stats(() -> "{\"stats\":1}".getBytes(StandardCharsets.UTF_8))
                .aggregator(parts -> parts.pollInterval(Duration.ofSeconds(2)))
                .start();
                RawHttpClient client = new RawHttpClient(server.address())) {
            assertThat(client.exchange(RawHttpClient.get("/api/info")).body()).contains("my-farm").contains("7");
            assertThat(client.exchange(RawHttpClient.get("/stats")).body()).isEqualTo("{\"stats\":1}");
        }
        try (AggregatorServer server = builder().start();
                RawHttpClient client = new RawHttpClient(server.address())) {
            assertThat(client.exchange(RawHttpClient.get("/stats")).status()).isEqualTo(404);
        }
    }

    @Test
    void portInUse_closesWhatWasOpened() {
        SubmissionStore store = SubmissionStore.inMemory();
        try (AggregatorServer first = builder().start()) {
            assertThatThrownBy(() -> builder().listen(first.address()).store(store).start())
                    .isInstanceOf(ListenException.class);
        }
        assertThat(store.write(ANNOUNCED)).isCompletedExceptionally();
    }

    @Test
    void close_closesThePortAndTheStore_andMayBeRepeated() {
        SubmissionStore store = SubmissionStore.inMemory();
        AggregatorServer server = builder().store(store).start();

        server.close();
        server.close();

        assertThatThrownBy(() -> new RawHttpClient(server.address())).isInstanceOf(IOException.class);
        assertThat(store.write(ANNOUNCED)).isCompletedExceptionally();
    }

    @Test
    void withoutUpstream_isRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> AggregatorServer.builder().start())
                .withMessage("cannot start a server without an upstream. Call upstream(…) before");
    }

    @Test
    void builder_startsOneServerOnly() {
        AggregatorServer.Builder builder = builder();
        builder.start().close();

        assertThatIllegalStateException()
                .isThrownBy(builder::start)
                .withMessage("this builder has started a server. Use another builder for each server");
    }

    @Test
    void valuesOutOfRange_areRefusedAtOnce() {
        AggregatorServer.Builder builder = AggregatorServer.builder();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.listen(65_536))
                .withMessage("the port must be 0 to 65535, not 65536");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.upstream(URI.create("ftp://pool/")))
                .withMessageContaining("http");
    }

    @Test
    void nullArguments_areRefusedAtOnceByName() {
        AggregatorServer.Builder builder = AggregatorServer.builder();

        assertThatNullPointerException().isThrownBy(() -> builder.listen(null)).withMessage("where");
        assertThatNullPointerException().isThrownBy(() -> builder.upstream((URI) null)).withMessage("url");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.upstream(URI.create("http://pool/"), (Credentials) null))
                .withMessage("credentials");
        assertThatNullPointerException().isThrownBy(() -> builder.upstream((Upstream) null)).withMessage("port");
        assertThatNullPointerException().isThrownBy(() -> builder.mode(null)).withMessage("mode");
        assertThatNullPointerException().isThrownBy(() -> builder.store((SubmissionStore) null)).withMessage("store");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.listener((AggregatorListener) null))
                .withMessage("listener");
        assertThatNullPointerException().isThrownBy(() -> builder.stats(null)).withMessage("json");
        assertThatNullPointerException().isThrownBy(() -> builder.name(null)).withMessage("name");
        assertThatNullPointerException().isThrownBy(() -> builder.version(null)).withMessage("version");
        assertThatNullPointerException().isThrownBy(() -> builder.aggregator(null)).withMessage("settings");
    }
}
