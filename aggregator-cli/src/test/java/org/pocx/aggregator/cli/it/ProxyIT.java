package org.pocx.aggregator.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pocx.aggregator.core.testkit.Await;
import org.pocx.aggregator.http.testkit.SmallHttpProxy;
import org.pocx.aggregator.http.testkit.SmallProxy;
import org.pocx.aggregator.http.testkit.SmallSocksProxy;

/** The packaged program, whose upstream is behind a proxy: only the proxy knows the name pool.example. */
class ProxyIT {
    private static final String LOGIN = "farm:hush/hush";
    private static final String ESCAPED_LOGIN = "farm:hush%2Fhush@";

    @TempDir private Path folder;
    private int port;
    private Path hosts;

    @BeforeEach
    void begin() throws IOException {
        port = ChildProgram.freePort();
        hosts = Files.writeString(folder.resolve("hosts"),
                "127.0.0.77 several.example\n127.0.0.78 several.example\n127.0.0.1 several.example\n");
    }

    private static SmallProxy proxy(String scheme) {
        return scheme.equals("http") ? SmallHttpProxy.withLogin(LOGIN) : SmallSocksProxy.withLogin(LOGIN);
    }

    private ChildProgram serving(String upstream, String... environment) throws IOException {
        return serving(List.of(), upstream, environment);
    }

    /** With a hosts file instead of the name servers of this machine. */
    private ChildProgram serving(List<String> options, String upstream, String... environment) throws IOException {
        List<String> all = new ArrayList<>(options);
        all.add("-Djdk.net.hosts.file=" + hosts);
        return ChildProgram.servingIn(List.of(environment), all, folder, port, """
                listen_address: "127.0.0.1:%d"
                upstream:
                %s
                cache: { poll_interval_ms: 50 }
                database: { path: "proxy.db" }
                dashboard: { listen_address: "127.0.0.1:%d" }
                """.formatted(port, upstream.indent(2), ChildProgram.freePort()));
    }

    private static void assertMines(ChildProgram program) {
        program.awaitReady();
        assertThat(program.post(Submissions.improvement(1)).body()).contains("raw_quality");
        Await.until("the nonce is confirmed", () -> program.stats().at("/counts/confirmed").asLong() == 1);
    }

    private void assertNoSecretIn(ChildProgram program) throws IOException {
        assertThat(program.output() + program.stats() + Files.readString(folder.resolve("aggregator.log")))
                .doesNotContain("hush")
                .doesNotContain("Relay");
    }

    @ParameterizedTest
    @CsvSource({"http, http", "http, https", "socks5, http", "socks5, https"})
    void configuredProxy_carriesTheNonces(String proxyScheme, String scheme) throws Exception {
        TestAuthority authority = TestAuthority.in(folder);
        try (ScriptedUpstream upstream = scheme.equals("http")
                ? new ScriptedUpstream(0, Submissions.INFO, Submissions.ACCEPTED)
                : new ScriptedUpstream(
                        authority.identity("pool", "dns:pool.example", "-1d"), Submissions.INFO, Submissions.ACCEPTED);
                SmallProxy proxy = proxy(proxyScheme);
                ChildProgram program = serving(
                        authority.trusting(List.of()),
                        """
                        url: "%s://pool.example:%d/"
                        proxy: "%s://%s127.0.0.1:%d"
                        """.formatted(
                                scheme, upstream.uri().getPort(), proxyScheme, ESCAPED_LOGIN, proxy.port()))) {
            assertMines(program);
            assertThat(proxy.asked()).isNotEmpty().containsOnly("pool.example:" + upstream.uri().getPort());
            assertThat(program.output())
                    .contains("/ through the proxy " + proxyScheme + "://127.0.0.1:" + proxy.port());
            assertNoSecretIn(program);
            assertThat(program.terminate()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"http, HTTP_PROXY", "http, http_proxy", "socks5, ALL_PROXY"})
    void proxyOfTheEnvironment_isUsed(String proxyScheme, String variable) throws Exception {
        try (ScriptedUpstream upstream = new ScriptedUpstream(0, Submissions.INFO, Submissions.ACCEPTED);
                SmallProxy proxy = proxy(proxyScheme);
                ChildProgram program = serving(
                        "rpc_host: mining_node\nrpc_port: " + upstream.uri().getPort(),
                        variable + "=" + proxyScheme + "://" + ESCAPED_LOGIN + "127.0.0.1:" + proxy.port())) {
            assertMines(program);
            assertThat(proxy.asked()).isNotEmpty().containsOnly("mining_node:" + upstream.uri().getPort());
            assertNoSecretIn(program);
        }
    }

    @ParameterizedTest
    @CsvSource({"NO_PROXY=127.0.0.0/8, ''", "no_proxy=*, ''", "NO_PROXY=, 'proxy: none'", "NO_PROXY=, 'proxy: \"\"'"})
    void proxyThatDoesNotApply_isNotUsed(String noProxy, String key) throws Exception {
        try (ScriptedUpstream upstream = new ScriptedUpstream(0, Submissions.INFO, Submissions.ACCEPTED);
                SmallProxy proxy = SmallHttpProxy.open();
                ChildProgram program = serving(
                        "url: \"" + upstream.uri() + "\"\n" + key,
                        "HTTP_PROXY=http://127.0.0.1:" + proxy.port(),
                        noProxy)) {
            assertMines(program);
            assertThat(proxy.asked()).isEmpty();
        }
    }

    @Test
    void missingLogin_isInTheLogAndAsksForIt() throws Exception {
        try (SmallProxy proxy = SmallHttpProxy.withLogin(LOGIN);
                ChildProgram program = serving(
                        "url: \"http://pool.example/\"\nproxy: \"http://127.0.0.1:" + proxy.port() + "\"")) {
            Await.until("the log says so", () -> program.output().contains(
                    "the proxy http://127.0.0.1:" + proxy.port() + " requires a login (HTTP 407); add USER:PASSWORD@"
                            + " before the host in upstream.proxy"));
            assertThat(program.get("/ready").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void addressesThatRefuse_arePassedOver() throws Exception {
        try (ScriptedUpstream upstream = new ScriptedUpstream(0, Submissions.INFO, Submissions.ACCEPTED);
                ChildProgram program =
                        serving("url: \"http://several.example:" + upstream.uri().getPort() + "/\"")) {
            assertMines(program);
        }
    }

    @Test
    void check_masksThePassword() throws Exception {
        Files.writeString(folder.resolve("my.yaml"), "upstream: {url: 'http://pool/', proxy: 'http://" + ESCAPED_LOGIN
                + "squid_proxy:3128'}");
        try (ChildProgram program = ChildProgram.start(folder, 0, "check", "-c", "my.yaml")) {
            assertThat(program.awaitExit()).isZero();
            assertThat(program.output())
                    .contains("proxy: \"http://farm:********@squid_proxy:3128\"")
                    .doesNotContain("hush");
        }
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1", "localhost", "0.0.0.0", "'[::1]'", "LOCALHOST"})
    void upstreamThatIsTheMinerPort_isAnError(String host) throws Exception {
        Files.writeString(folder.resolve("my.yaml"),
                "listen_address: \"0.0.0.0:9\"\nupstream: {url: 'http://" + host + ":9/'}");
        try (ChildProgram program = ChildProgram.start(folder, 0, "check", "-c", "my.yaml")) {
            assertThat(program.awaitExit()).isEqualTo(2);
            assertThat(program.output()).contains("is the miner port of this aggregator");
        }
    }
}
