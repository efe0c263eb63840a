package org.pocx.aggregator.simulator.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;
import org.pocx.aggregator.protocol.jsonrpc.RpcRequests;
import org.pocx.aggregator.simulator.chain.ChainSettings;
import org.pocx.aggregator.simulator.chain.SimulatedChain;
import org.pocx.aggregator.simulator.http.HttpMessage;
import org.pocx.aggregator.simulator.http.KeepAliveClient;

class NodeAuthenticatorTest {
    private final SimulatedChain chain = new SimulatedChain(ChainSettings.genesis(Duration.ofMinutes(2)));

    @TempDir private Path folder;

    @Test
    void basic_acceptsOnlyUserAndPassword() throws IOException {
        try (ChainServer server = builder().authorization(basic("miner:s3cret")).start()) {
            assertThat(ask(server, basic("miner:s3cret")).word(1)).isEqualTo("200");
            assertThat(ask(server, basic("miner:wrong")).word(1)).isEqualTo("401");
            HttpMessage rejected = ask(server, "");
            assertThat(rejected.word(1)).isEqualTo("401");
            assertThat(rejected.body()).isEmpty();
            assertThat(rejected.header("www-authenticate")).isPresent();
        }
    }

    @Test
    void bearer_acceptsOnlyTheToken() throws IOException {
        try (ChainServer server = builder().authorization("Bearer t0ken").start()) {
            assertThat(ask(server, "Bearer t0ken").word(1)).isEqualTo("200");
            assertThat(ask(server, "Bearer wrong").word(1)).isEqualTo("401");
        }
    }

    @Test
    void cookie_changesAtEachStart_andIsDeletedAtEachStop() throws IOException {
        Path file = folder.resolve(".cookie");
        try (ChainServer server = builder().cookieFile(file).start()) {
            String first = Files.readString(file);
            assertThat(first).matches("__cookie__:[0-9a-f]{64}");
            assertThat(ask(server, basic(first)).word(1)).isEqualTo("200");
            server.stop();
            assertThat(file).doesNotExist();
            server.start();
            assertThat(ask(server, basic(first)).word(1)).isEqualTo("401");
            assertThat(ask(server, basic(Files.readString(file))).word(1)).isEqualTo("200");
        }
        assertThat(file).doesNotExist();
    }

    private ChainServerBuilder builder() {
        return ChainServer.builder(chain).sleeper(pause -> {});
    }

    private static String basic(String userAndPassword) {
        return "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpMessage ask(ChainServer server, String authorization) throws IOException {
        try (KeepAliveClient client = new KeepAliveClient(
                InetAddress.getLoopbackAddress(), server.uri(), Duration.ofSeconds(60), "test")) {
            Map<String, String> headers = authorization.isEmpty() ? Map.of() : Map.of("authorization", authorization);
            return client.post(headers, RpcRequests.getMiningInfo(RpcId.of(1)));
        }
    }
}
