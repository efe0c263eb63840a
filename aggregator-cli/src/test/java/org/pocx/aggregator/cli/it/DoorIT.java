package org.pocx.aggregator.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.testkit.Await;
import org.pocx.aggregator.core.testkit.Heavy;
import org.pocx.aggregator.core.testkit.Nonces;
import org.pocx.aggregator.http.testkit.RawHttpClient;
import org.pocx.aggregator.http.testkit.TlsIdentities;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;
import org.pocx.aggregator.protocol.jsonrpc.RpcRequests;

/** Who may do what at the ports of the packaged program, and what SIGHUP and SIGTERM do. */
@Timeout(600)
class DoorIT {
    private static final String POLL = "{\"jsonrpc\":\"2.0\",\"method\":\"get_mining_info\",\"id\":1}";
    private static final String PASSWORD = "open-sesame";

    @TempDir private Path folder;

    private int port;
    private int dashboard;
    private int upstream;

    @BeforeEach
    void choosePorts() throws IOException {
        port = ChildProgram.freePort();
        dashboard = ChildProgram.freePort();
        upstream = ChildProgram.freePort(); // nobody listens: a poll is answered -32000
    }

    private String config(String server, String dashboardKeys) {
        return """
                server:
                  listen_address: "127.0.0.1:%d"
                %s
                upstream: { url: "http://127.0.0.1:%d/" }
                database: { path: "door.db" }
                dashboard:
                  listen_address: "127.0.0.1:%d"
                %s
                logging: { file: "" }
                """
                .formatted(port, server.indent(2), upstream, dashboard, dashboardKeys.indent(2));
    }

    private void rewrite(String yaml) throws IOException {
        Files.writeString(folder.resolve("aggregator_config.yaml"), yaml);
    }

    private static String basic(String userAndPassword) {
        return "authorization: Basic "
                + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    }

    private int dashboardStatus(String path, String... fields) throws IOException {
        try (RawHttpClient wire = RawHttpClient.local(dashboard)) {
            String more = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
            wire.send("GET " + path + " HTTP/1.1\r\nhost: x\r\n" + more + "\r\n");
            return wire.read().status();
        }
    }

    @Test
    void changedConfiguration_isTakenUpOnHangUpAndABrokenOneIsNot() throws Exception {
        try (ChildProgram program = ChildProgram.serving(folder, port, config("", ""))) {
            rewrite(config(
                    "auth: { enabled: true, basic_auth: { username: rig, password: " + PASSWORD + " } }\n"
                            + "limits: { connections_per_address: 50 }",
                    "auth: { enabled: true, basic_auth: { username: me, password: " + PASSWORD + " } }")
                    .replace("door.db", "other.db") + "cache: { poll_interval_ms: 777 }\n");
            program.hangUp();
            Await.until("it is taken up", () -> program.output().contains("applied: server.auth.enabled"));
            try (RawHttpClient wire = RawHttpClient.local(port)) {
                assertThat(wire.postToRoot(POLL).status()).isEqualTo(401);
                assertThat(wire.postToRoot(POLL, basic("rig:" + PASSWORD)).status()).isEqualTo(200);
            }
            assertThat(dashboardStatus("/stats")).isEqualTo(401);
            assertThat(dashboardStatus("/")).isEqualTo(401);
            assertThat(dashboardStatus("/stats", basic("me:" + PASSWORD))).isEqualTo(200);
            assertThat(program.output())
                    .contains("database.path has changed; this needs a restart")
                    .contains("cache.poll_interval_ms has changed; this needs a restart")
                    .contains("server.limits.connections_per_address")
                    .doesNotContain(PASSWORD);

            rewrite("server: [");
            program.hangUp();
            Await.until("it is refused", () -> program.output().contains("Cannot reload the configuration (SIGHUP)"));
            try (RawHttpClient wire = RawHttpClient.local(port)) {
                assertThat(wire.postToRoot(POLL).status()).isEqualTo(401);
            }
            assertThat(program.terminate()).isZero();
            assertThat(program.output()).doesNotContain("Exception").doesNotContain(PASSWORD);
        }
    }

    @Test
    void logLevel_isTakenUpOnHangUp() throws Exception {
        String logging = "file: \"\"";
        String quiet = config("", "").replace(logging, logging + ", level: warn");
        try (ChildProgram program = ChildProgram.serving(folder, port, quiet)) {
            Await.until("it warns", () -> program.output().contains("WARN"));
            assertThat(program.output()).doesNotContain("INFO");
            rewrite(config("", "").replace(logging, logging + ", level: debug"));
            program.hangUp();
            Await.until("it says more", () -> program.output().contains("applied: logging.level"));
            assertThat(program.terminate()).isZero();
        }
    }

    @Test
    void addressOutsideTheAllowedNetworks_getsNothing() throws Exception {
        try (ChildProgram program =
                ChildProgram.start(folder, port, "-c", configured("allowed_networks: [\"10.0.0.0/8\"]"))) {
            Await.until("it listens", () -> program.output().contains("miners at"));
            try (RawHttpClient wire = RawHttpClient.local(port)) {
                assertThat(wire.isClosed()).isTrue();
            }
            assertThat(program.terminate()).isZero();
        }
    }

    private String configured(String server) throws IOException {
        rewrite(config(server, ""));
        return folder.resolve("aggregator_config.yaml").toString();
    }

    @Test
    void tls_isServedOnBothPortsAndFollowsItsFiles() throws Exception {
        Path first = keyStore("first");
        Path store = Files.copy(first, folder.resolve("server.p12"));
        String tls = "tls: { keystore_path: \"" + store + "\", keystore_password: " + TlsIdentities.PASSWORD + " }";
        try (ChildProgram program = ChildProgram.start(
                folder, port, "-c", Files.writeString(folder.resolve("c.yaml"), config(tls, tls)).toString())) {
            Await.until("it listens", () -> program.output().contains("miners at"));
            assertThat(name(port)).isEqualTo("CN=first");
            assertThat(name(dashboard)).isEqualTo("CN=first");
            try (RawHttpClient wire = new RawHttpClient(secure(port))) {
                assertThat(wire.postToRoot(POLL).body()).contains("-32000");
            }
            Files.copy(keyStore("second"), store, StandardCopyOption.REPLACE_EXISTING);
            Await.until("the new certificate is served", () -> name(port).equals("CN=second"));
            Await.until("and on the dashboard", () -> name(dashboard).equals("CN=second"));
            Files.writeString(store, "garbage");
            Await.until("it warns", () -> program.output().contains("Cannot reload the TLS files of the miner port"));
            assertThat(name(port)).isEqualTo("CN=second");
            assertThat(program.terminate()).isZero();
            assertThat(program.output()).doesNotContain(TlsIdentities.PASSWORD).doesNotContain("Exception");
        }
    }

    /** It gives up after 3 s, which a new JVM may need for a handshake where many share the processors. */
    @Test
    void healthcheck_asksByTlsWhateverTheCertificate() throws Exception {
        String tls = "tls: { keystore_path: \"" + keyStore("own") + "\", keystore_password: " + TlsIdentities.PASSWORD
                + " }";
        try (ChildProgram program = ChildProgram.start(folder, port, "-c", configured(tls))) {
            Await.until("it listens", () -> program.output().contains("miners at"));
            boolean late = true;
            for (int i = 0; i < 5 && late; i++) {
                try (ChildProgram check = ChildProgram.start(folder, port, "healthcheck")) {
                    int status = check.awaitExit();
                    late = check.output().contains("did not answer within");
                    assertThat(late || status == 0).as(check.output()).isTrue();
                }
            }
            assumeThat(late).as("too busy for a handshake within the 3 s of a healthcheck").isFalse();
        }
    }

    @Test
    void tlsFilesOfNoUse_endTheStartInOneLine() throws Exception {
        rewrite(config("tls: { certificate_path: none.crt, key_path: none.key }", ""));
        try (ChildProgram program = ChildProgram.start(folder, port)) {
            assertThat(program.awaitExit()).isEqualTo(1);
            assertThat(program.output().strip().lines().reduce((a, b) -> b).orElse(""))
                    .contains("No TLS for the miner port: ", "none.key does not exist");
        }
        try (ChildProgram check = ChildProgram.start(folder, port, "check")) {
            assertThat(check.awaitExit()).isEqualTo(1);
            assertThat(check.output()).contains("No TLS for the miner port: ", "none.key does not exist");
        }
    }

    @Test
    void termination_withConnectionsOfAllKinds_waitsForNobodyToLeave() throws Exception {
        assertThat(timeToTerminate()).isPositive();
    }

    @Test
    @Heavy
    void termination_withConnectionsOfAllKinds_takesLessThanTenSeconds() throws Exception {
        assertThat(timeToTerminate()).isLessThan(Duration.ofSeconds(10));
    }

    /** All of the others stay connected until the program has ended. */
    private Duration timeToTerminate() throws Exception {
        try (ChildProgram program = ChildProgram.serving(folder, port, config("", ""));
                RawHttpClient idle = RawHttpClient.local(port);
                RawHttpClient silent = RawHttpClient.local(port);
                RawHttpClient slow = RawHttpClient.local(port);
                RawHttpClient watching = RawHttpClient.local(dashboard)) {
            assertThat(idle.postToRoot(POLL).status()).isEqualTo(200);
            slow.send("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{");
            watching.send("GET /events HTTP/1.1\r\nhost: x\r\n\r\n");
            long begun = System.nanoTime();
            assertThat(program.terminate()).isZero();
            Duration time = Duration.ofNanos(System.nanoTime() - begun);
            assertThat(silent.isClosed()).isTrue();
            assertThat(idle.isClosed()).isTrue();
            return time;
        }
    }

    /** A nonce whose verdict does not come holds the end up for as long as requests may run. */
    @Test
    void secondTermination_endsAtOnce() throws Exception {
        MiningInfo info = Nonces.round(7);
        try (HostileUpstream pool = new HostileUpstream(info)) {
            upstream = pool.port();
            pool.answerSubmissions((out, id) -> new CountDownLatch(1).await(10, TimeUnit.MINUTES));
            try (ChildProgram program = ChildProgram.serving(folder, port, config("", ""));
                    RawHttpClient submitting = RawHttpClient.local(port);
                    RawHttpClient slow = RawHttpClient.local(port)) {
                program.awaitReady();
                submitting.postToRoot(RpcRequests.submitNonce(RpcId.of(1), Nonces.nonce(info, 1, 1, 5)));
                slow.send("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{");
                program.signal("TERM");
                Await.until("it begins to stop", () -> program.output().contains("Stopping:"));
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos()); // two at once count as one
                assertThat(program.isRunning()).as("the first one lets requests end").isTrue();
                program.signal("TERM");
                assertThat(program.awaitExit()).isEqualTo(1);
                assertThat(program.output()).doesNotContain("Stopped");
            }
        }
    }

    private Path keyStore(String name) {
        return TlsIdentities.keyStore(folder, name, "EC");
    }

    private static Socket secure(int port) {
        try {
            return TlsIdentities.anyServer().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String name(int port) {
        try (SSLSocket socket = (SSLSocket) secure(port)) {
            socket.startHandshake();
            X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return certificate.getSubjectX500Principal().getName();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
