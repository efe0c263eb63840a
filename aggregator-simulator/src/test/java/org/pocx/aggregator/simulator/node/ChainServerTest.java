package org.pocx.aggregator.simulator.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.protocol.jsonrpc.MiningCodec;
import org.pocx.aggregator.protocol.jsonrpc.RawJson;
import org.pocx.aggregator.protocol.jsonrpc.RpcError;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;
import org.pocx.aggregator.protocol.jsonrpc.RpcRequests;
import org.pocx.aggregator.protocol.jsonrpc.RpcResponse;
import org.pocx.aggregator.protocol.jsonrpc.RpcResponses;
import org.pocx.aggregator.simulator.chain.ChainNonces;
import org.pocx.aggregator.simulator.chain.ChainSettings;
import org.pocx.aggregator.simulator.chain.SimulatedChain;
import org.pocx.aggregator.simulator.chain.ValidatedNonce;
import org.pocx.aggregator.simulator.http.HttpMessage;
import org.pocx.aggregator.simulator.http.KeepAliveClient;

class ChainServerTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final RpcId ID = RpcId.of("b7f4");

    private final SimulatedChain chain =
            new SimulatedChain(ChainSettings.genesis(Duration.ofMinutes(2)).at(100, "test"));
    private final List<Duration> slept = new CopyOnWriteArrayList<>();
    private ChainServer server = ChainServer.builder(chain).sleeper(slept::add).start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void miningInfo_isThatOfTheChain() throws IOException {
        RpcResponse answer = RpcResponses.parse(askMiningInfo().body());
        assertThat(answer).isInstanceOfSatisfying(RpcResponse.Result.class, result -> {
            assertThat(result.id()).isEqualTo(ID);
            assertThat(MiningCodec.decodeMiningInfo(result.result())).isEqualTo(chain.miningInfo());
        });
    }

    @Test
    void validNonce_isAnsweredWithItsQuality() throws IOException {
        RpcResponse answer = RpcResponses.parse(submit(valid()).body());
        assertThat(answer)
                .isInstanceOfSatisfying(
                        RpcResponse.Result.class,
                        result -> assertThat(MiningCodec.decodeReceipt(result.result(), 0).rawQuality())
                                .isEqualTo(valid().rawQuality()));
        assertThat(chain.log().entries()).extracting(ValidatedNonce::submission).containsExactly(valid());
    }

    @Test
    void nodeDialect_hasTheCodesOfANode() throws IOException {
        NonceSubmission nonce = valid();
        assertThat(error(submit(ChainNonces.claiming(nonce, 0))).code()).isEqualTo(-26);
        assertThat(error(submit(ChainNonces.compressed(nonce, 0))).code()).isEqualTo(-8);
        chain.refuseAccount(ChainNonces.ACCOUNT, true);
        assertThat(error(submit(nonce)).code()).isEqualTo(-5);
        chain.changeBlockHash();
        assertThat(error(submit(nonce))).isEqualTo(new RpcError(-26, "Block hash mismatch"));
        chain.forge();
        assertThat(error(submit(nonce))).isEqualTo(new RpcError(-8, "Invalid height: expected 101, got 100"));
        chain.lockWallet(true);
        assertThat(error(submit(nonce)).code()).isEqualTo(-13);
    }

    @Test
    void poolDialect_hasTheCodesOfAPool() throws IOException {
        restartAs(Dialect.POOL);
        NonceSubmission nonce = valid();
        assertThat(error(submit(ChainNonces.claiming(nonce, 0))).code()).isEqualTo(-32001);
        chain.refuseAccount(ChainNonces.ACCOUNT, true);
        assertThat(error(submit(nonce)).code()).isEqualTo(-32007);
        chain.changeBaseTarget(5);
        assertThat(error(submit(nonce)).data().orElseThrow().text()).contains("stale");
        chain.changeBlockHash();
        assertThat(error(submit(nonce)).code()).isEqualTo(-32003);
        chain.forge();
        RpcError height = error(submit(nonce));
        assertThat(height.code()).isEqualTo(-32002);
        assertThat(height.data()).contains(new RawJson("{\"expected\":101,\"submitted\":100}"));
    }

    @Test
    void unknownParameter_isRejectedByANode() throws IOException {
        String params = MiningCodec.encode(valid()).text().replace("{\"block_hash\"", "{\"worker\":1,\"block_hash\"");
        RpcError error = error(ask(RpcRequests.request(ID, "submit_nonce", new RawJson(params))));
        assertThat(error).isEqualTo(new RpcError(-8, "Unknown named parameter worker"));
    }

    @Test
    void invalidHex_isRejectedWithTheNameOfItsField() throws IOException {
        String params = MiningCodec.encode(valid()).text().replace(ChainNonces.SEED, "zz");
        RpcError error = error(ask(RpcRequests.request(ID, "submit_nonce", new RawJson(params))));
        assertThat(error.code()).isEqualTo(-8);
        assertThat(error.message()).startsWith("seed");
        assertThat(chain.log().count()).isZero();
    }

    @Test
    void unknownMethodPathOrBody_isRejected() throws IOException {
        assertThat(error(ask(RpcRequests.request(ID, "stop", new RawJson("[]")))).code()).isEqualTo(-32601);
        try (KeepAliveClient client = client(server.uri().resolve("/elsewhere"))) {
            assertThat(client.post(Map.of(), new byte[0]).word(1)).isEqualTo("404");
        }
        assertThat(error(ask("{}".getBytes(StandardCharsets.UTF_8))).code()).isEqualTo(-32600);
    }

    @Test
    void batchAndNotification_followJsonRpc() throws IOException {
        String one = "{\"jsonrpc\":\"2.0\",\"method\":\"get_mining_info\",\"id\":1}";
        String notification = "{\"jsonrpc\":\"2.0\",\"method\":\"get_mining_info\"}";
        HttpMessage batch = ask(("[" + one + "," + notification + "]").getBytes(StandardCharsets.UTF_8));
        assertThat(batch.body()).asString(StandardCharsets.UTF_8).startsWith("[{").endsWith("\"id\":1}]");
        assertThat(ask(notification.getBytes(StandardCharsets.UTF_8)).word(1)).isEqualTo("204");
    }

    @Test
    void errorFault_affectsItsNumberOfRequests() throws IOException {
        server.faults().onSubmit().times(2).error(-10, "Submission queue is full");
        assertThat(error(submit(valid())).code()).isEqualTo(-10);
        assertThat(error(submit(valid())).code()).isEqualTo(-10);
        assertThat(RpcResponses.parse(submit(valid()).body())).isInstanceOf(RpcResponse.Result.class);
        assertThat(chain.log().count()).isEqualTo(1);
    }

    @Test
    void faultOfOneAccount_doesNotAffectOthers() throws IOException {
        server.faults().onSubmit(ChainNonces.ACCOUNT).error(-32006, "Rate limited");
        assertThat(error(submit(valid())).code()).isEqualTo(-32006);
        NonceSubmission other = new ChainNonces(chain.tip()).of(ChainNonces.OTHER_ACCOUNT, 9);
        assertThat(RpcResponses.parse(submit(other).body())).isInstanceOf(RpcResponse.Result.class);
        assertThat(RpcResponses.parse(askMiningInfo().body())).isInstanceOf(RpcResponse.Result.class);
    }

    @Test
    void clearedFault_hasNoEffect() throws IOException {
        server.faults().onMiningInfo().error(-28, "Loading");
        assertThat(error(askMiningInfo()).code()).isEqualTo(-28);
        server.faults().clear();
        assertThat(RpcResponses.parse(askMiningInfo().body())).isInstanceOf(RpcResponse.Result.class);
    }

    @Test
    void faultAfterJudging_losesOnlyTheAnswer() {
        server.faults().onSubmit().times(1).afterValidation().reset();
        assertThatThrownBy(() -> submit(valid())).isInstanceOf(SocketException.class);
        assertThat(chain.log().accepted(chain.tip().blockHash())).hasSize(1);
    }

    @Test
    void httpFault_hasItsStatusHeadersAndBody() throws IOException {
        server.faults().onMiningInfo().times(1).http(429, "text/html", Map.of("retry-after", "7"), "<html>");
        server.faults().onMiningInfo().times(1).unavailable();

        assertThat(askMiningInfo().word(1)).isEqualTo("503");
        HttpMessage answer = askMiningInfo();
        assertThat(answer.word(1)).isEqualTo("429");
        assertThat(answer.header("retry-after")).contains("7");
        assertThat(answer.header("content-type")).contains("text/html");
        assertThat(answer.body()).asString(StandardCharsets.UTF_8).isEqualTo("<html>");
    }

    @Test
    void connectionFaults_breakTheConnection() {
        server.faults().onMiningInfo().times(1).notHttp();
        assertThatThrownBy(this::askMiningInfo).isInstanceOf(IOException.class);
        server.faults().onMiningInfo().times(1).truncated();
        assertThatThrownBy(this::askMiningInfo).isInstanceOf(EOFException.class);
        server.faults().onMiningInfo().times(1).close();
        assertThatThrownBy(this::askMiningInfo).isInstanceOf(EOFException.class);
        server.faults().onMiningInfo().times(1).reset();
        assertThatThrownBy(this::askMiningInfo).isInstanceOf(SocketException.class);
    }

    @Test
    void hang_neverAnswers() throws IOException {
        server.faults().onMiningInfo().hang();
        try (KeepAliveClient client = new KeepAliveClient(
                InetAddress.getLoopbackAddress(), server.uri(), Duration.ofMillis(100), "test")) {
            assertThatThrownBy(() -> client.post(Map.of(), RpcRequests.getMiningInfo(ID)))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void delayedAnswer_comesAfterItsDelay() throws IOException {
        server.faults().onMiningInfo().delay(Duration.ofSeconds(90));
        assertThat(RpcResponses.parse(askMiningInfo().body())).isInstanceOf(RpcResponse.Result.class);
        assertThat(slept).containsExactly(Duration.ofSeconds(90));
    }

    @Test
    void stoppedServer_refusesConnections_andRestartsOnItsPort() throws IOException {
        URI before = server.uri();
        server.stop();
        server.stop();
        assertThatThrownBy(this::askMiningInfo).isInstanceOf(ConnectException.class);
        server.start();
        assertThat(server.uri()).isEqualTo(before);
        assertThat(askMiningInfo().word(1)).isEqualTo("200");
    }

    private NonceSubmission valid() {
        return new ChainNonces(chain.tip()).of(1_000);
    }

    private void restartAs(Dialect dialect) {
        server.close();
        server = ChainServer.builder(chain).dialect(dialect).start();
    }

    private HttpMessage askMiningInfo() throws IOException {
        return ask(RpcRequests.getMiningInfo(ID));
    }

    private HttpMessage submit(NonceSubmission nonce) throws IOException {
        return ask(RpcRequests.submitNonce(ID, nonce));
    }

    private HttpMessage ask(byte[] body) throws IOException {
        try (KeepAliveClient client = client(server.uri())) {
            return client.post(Map.of(), body);
        }
    }

    private static KeepAliveClient client(URI target) {
        return new KeepAliveClient(InetAddress.getLoopbackAddress(), target, TIMEOUT, "test");
    }

    private static RpcError error(HttpMessage answer) {
        return ((RpcResponse.Failure) RpcResponses.parse(answer.body())).error();
    }
}
