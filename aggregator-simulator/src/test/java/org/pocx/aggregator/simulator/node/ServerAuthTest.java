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

class ServerAuthTest {
    private final SimulatedChain chain = new SimulatedChain(ChainSettings.genesis(Duration.ofMinutes(2)));

    @TempDir private Path folder;

    @Test
    void basic_admitsWhoKnowsUserAndPassword() throws IOException {
        try (ChainServer server = server(new ServerAuth.Basic("miner", "s3cret"))) {
            assertThat(ask(server, basic("miner:s3cret")).word(1)).isEqualTo("200");
            assertThat(ask(server, basic("miner:wrong")).word(1)).isEqualTo("401");
            HttpMessage refusal = ask(server, "");
            assertThat(refusal.word(1)).isEqualTo("401");
            assertThat(refusal.body()).isEmpty();
            assertThat(refusal.header("www-authenticate")).isPresent();
        }
    }

    @Test
    void bearer_admitsWhoKnowsTheToken() throws IOException {
        try (ChainServer server = server(new ServerAuth.Bearer("t0ken"))) {
            assertThat(ask(server, "Bearer t0ken").word(1)).isEqualTo("200");
            assertThat(ask(server, "Bearer wrong").word(1)).isEqualTo("401");
        }
    }

    @Test
    void cookie_isAnotherAtEachStartAndGoneAfterEachStop() throws IOException {
        Path file = folder.resolve(".cookie");
        try (ChainServer server = server(new ServerAuth.Cookie(file))) {
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

    private ChainServer server(ServerAuth auth) {
        return ChainServer.builder(chain).auth(auth).sleeper(pause -> {}).start();
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
