package org.pocx.aggregator.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.testkit.Await;
import org.pocx.aggregator.core.testkit.Nonces;
import org.pocx.aggregator.http.testkit.RawHttpClient;
import org.pocx.aggregator.protocol.jsonrpc.MiningCodec;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;
import org.pocx.aggregator.protocol.jsonrpc.RpcRequests;

/**
 * A page that reads {@code /stats} as the page of the other aggregator does: it uses the values that are always there without a
 * check, and stops at the first that is missing.
 */
@Timeout(600)
class StatsPageIT {
    private static final String STARTING =
            "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-28,\"message\":\"Loading\"},\"id\":ID}";

    private static final String PAGE =
            """
            <!DOCTYPE html><meta charset="utf-8"><title>stats</title><link rel="icon" href="data:,">
            <p id="height"></p><p id="total"></p><p id="network"></p><p id="best"></p><p id="machines"></p>
            <p id="updates">0</p>
            <script>
            const set = (id, text) => { document.getElementById(id).textContent = text; };
            async function update() {
              const stats = await (await fetch("/stats")).json();
              const best = stats.currentBlockBest;
              set("height", stats.currentHeight.toString());
              set("total", stats.totalCapacity.trim());
              set("network", stats.networkCapacity.trim());
              set("best", [best.height.toString(), best.bestPocTime ?? "-", best.bestRawQuality ?? "-",
                best.bestAccountId ? best.bestAccountId.slice(-4) : "-", best.bestMachineId || "-"].join(" "));
              set("machines", stats.machines.map((machine) => machine.machineId + " "
                + machine.totalCapacityTib.toFixed(1) + " " + machine.submissionPercentage.toFixed(1) + " "
                + machine.accounts.map((account) => account.capacityTib.toFixed(1))).join(", "));
              set("updates", Number(document.getElementById("updates").textContent) + 1);
              setTimeout(update, 50);
            }
            update();
            </script>
            """;

    private static Browser browser;

    @TempDir private Path folder;

    private ScriptedUpstream pool;
    private ChildProgram program;
    private HttpServer pages;

    @BeforeAll
    static void openBrowser() throws IOException {
        browser = Browser.open();
    }

    @AfterAll
    static void closeBrowser() throws IOException {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void start() throws IOException {
        pool = new ScriptedUpstream(
                0, STARTING, "{\"jsonrpc\":\"2.0\",\"result\":{\"raw_quality\":5000,\"poc_time\":1},\"id\":ID}");
        int port = ChildProgram.freePort();
        program = ChildProgram.serving(
                folder,
                port,
                """
                listen_address: "127.0.0.1:%d"
                upstream: { url: "%s" }
                cache: { poll_interval_ms: 50 }
                database: { path: "stats.db" }
                dashboard: { listen_address: "127.0.0.1:%d" }
                logging: { file: "" }
                """.formatted(port, pool.uri(), ChildProgram.freePort()));
        pages = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        pages.createContext("/", exchange -> answer(exchange, "text/html", PAGE));
        pages.createContext("/stats", exchange -> answer(exchange, "application/json", program.get("/stats").body()));
        pages.start();
    }

    private static void answer(HttpExchange exchange, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @AfterEach
    void stop() throws IOException {
        pages.stop(0);
        program.close();
        pool.close();
    }

    private void announce(MiningInfo info) {
        pool.info("{\"jsonrpc\":\"2.0\",\"result\":" + MiningCodec.encode(info).text() + ",\"id\":ID}");
    }

    private static MiningInfo round(int height) {
        return Nonces.round(height);
    }

    private void awaitBest(String text) {
        Await.until("the page shows " + text, () -> browser.text("#best").equals(text));
    }

    private void assertPageIsAlive() {
        long updates = Long.parseLong(browser.text("#updates"));
        Await.until("the page goes on", () -> Long.parseLong(browser.text("#updates")) > updates + 1);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void page_findsItsValues_beforeTheFirstRoundAtANewBlockAndInMidRound() throws IOException {
        browser.visit(URI.create("http://127.0.0.1:" + pages.getAddress().getPort() + "/"));
        awaitBest("0 - - - -");
        assertThat(browser.text("#height")).isEqualTo("0");
        assertThat(browser.text("#total")).isEqualTo("N/A");
        assertThat(browser.text("#network")).isEqualTo("N/A");
        assertPageIsAlive();

        announce(round(7));
        awaitBest("7 - - - -");
        assertThat(browser.text("#height")).isEqualTo("7");
        assertThat(browser.text("#network")).endsWith("B");
        assertPageIsAlive();

        submit(round(7));
        Await.until("the page shows the nonce", () -> browser.text("#best").matches("7 \\d+ 5000 0001 127.0.0.1/rig"));
        assertThat(browser.text("#machines")).startsWith("127.0.0.1/rig ");
        assertPageIsAlive();

        announce(round(8));
        awaitBest("8 - - - -");
        assertPageIsAlive();
    }

    private void submit(MiningInfo round) throws IOException {
        byte[] nonce = RpcRequests.submitNonce(RpcId.of(1), Nonces.nonce(round, 1, 1, 5_000));
        try (RawHttpClient miner = RawHttpClient.local(program.uri().getPort())) {
            assertThat(miner.postToRoot(nonce, "X-Miner: rig").body()).contains("poc_time");
        }
    }
}
