package org.pocx.aggregator.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.testkit.Threads;
import org.pocx.aggregator.protocol.server.ListenException;
import org.pocx.aggregator.simulator.chain.ChainSettings;
import org.pocx.aggregator.simulator.chain.SimulatedChain;
import org.pocx.aggregator.simulator.node.ChainServer;

class MemoryServerTest {
    private static final InetSocketAddress FREE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final String ASK = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"get_mining_info\",\"params\":{}}";

    private final SimulatedChain chain = new SimulatedChain(ChainSettings.genesis(Duration.ofMinutes(2)));
    private final ChainServer pool = ChainServer.builder(chain).start();

    @AfterEach
    void stopPool() {
        pool.close();
    }

    private static String ask(InetSocketAddress address, String path, String body) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + address.getPort() + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        HttpRequest built = body.isEmpty() ? request.build() : request.POST(BodyPublishers.ofString(body)).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(built, BodyHandlers.ofString()).body();
        }
    }

    @Test
    void bothPorts_serve() throws Exception {
        try (MemoryServer server = new MemoryServer(pool.uri(), FREE, FREE)) {
            assertThat(ask(server.miners(), "/", ASK)).contains(chain.miningInfo().blockHash());
            assertThat(ask(server.dashboard(), "/stats", "")).contains("\"machines\"");
            assertThat(ask(server.dashboard(), "/metrics", "")).contains("pocx");
        }
    }

    @Test
    void close_leavesNoThread() throws Exception {
        Threads before = Threads.now();
        try (MemoryServer server = new MemoryServer(pool.uri(), FREE, FREE)) {
            ask(server.miners(), "/", ASK);
            ask(server.dashboard(), "/", "");
        }

        before.awaitNoOthers();
    }

    @Test
    void portInUse_leavesNothingOpen() throws Exception {
        Threads before = Threads.now();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), taken.getLocalPort());

            assertThatThrownBy(() -> new MemoryServer(pool.uri(), address, FREE)).isInstanceOf(ListenException.class);
        }

        before.awaitNoOthers();
    }
}
