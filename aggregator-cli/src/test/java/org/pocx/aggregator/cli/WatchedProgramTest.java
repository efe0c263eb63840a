package org.pocx.aggregator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.core.testkit.Await;

/** Alerts and metrics of the whole program in this JVM, with an unreachable upstream. */
@Timeout(180)
final class WatchedProgramTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir Path folder;

    private final Queue<String> posted = new ConcurrentLinkedQueue<>();
    private HttpServer webhook;
    private TestTerminal terminal;
    private CompletableFuture<Integer> status;

    @BeforeEach
    void open() throws IOException {
        terminal = new TestTerminal(folder);
        webhook = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
        webhook.createContext("/", exchange -> {
            posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        webhook.start();
    }

    @AfterEach
    void close() throws Exception {
        terminal.signal("TERM");
        assertThat(status.get(60, TimeUnit.SECONDS)).isZero();
        webhook.stop(0);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            return socket.getLocalPort();
        }
    }

    private void start(String more) throws IOException {
        Files.writeString(
                folder.resolve("aggregator_config.yaml"),
                """
                listen_address: 127.0.0.1:%d
                upstream: {url: 'http://127.0.0.1:1/', name: far-pool}
                logging: {file: ''}
                alerts: {webhook: 'http://127.0.0.1:%d/T0KEN', farm_name: barn}
                %s
                """
                        .formatted(freePort(), webhook.getAddress().getPort(), more));
        status = CompletableFuture.supplyAsync(terminal::run);
    }

    @Test
    void unreachableUpstream_causesAnAlertWithoutADashboard() throws IOException {
        start("");

        Await.until("the alert", () -> !posted.isEmpty());
        assertThat(posted.peek())
                .contains("\"event\":\"upstream_down\"")
                .contains("\"farm\":\"barn\"")
                .contains("The upstream far-pool does not answer as it should");
        assertThat(terminal.out() + terminal.err()).doesNotContain("T0KEN");
    }

    @Test
    void metrics_areServedByTheDashboard() throws Exception {
        int dashboard = freePort();
        start("dashboard: {listen_address: '127.0.0.1:" + dashboard + "'}");

        URI metrics = URI.create("http://127.0.0.1:" + dashboard + "/metrics");
        Await.until("the metrics", () -> read(metrics).contains("pocx_upstream_errors_total"));
        assertThat(read(metrics)).contains("pocx_upstream_up 0.0\n").contains("pocx_build_info{version=");
    }

    private static String read(URI uri) {
        try (var in = uri.toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return ""; // not there yet
        }
    }
}
