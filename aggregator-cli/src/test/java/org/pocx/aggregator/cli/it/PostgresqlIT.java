package org.pocx.aggregator.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.testkit.Await;
import org.pocx.aggregator.core.testkit.Nonces;
import org.pocx.aggregator.http.testkit.RawHttpClient;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;
import org.pocx.aggregator.protocol.jsonrpc.RpcRequests;

/** The packaged program with its database on a real PostgreSQL server. */
@Timeout(600)
class PostgresqlIT {
    private static final String PASSWORD = "hunter2-of-the-database";

    @TempDir private Path folder;

    private final NonceLedger ledger = new NonceLedger(NonceSubmission::accountId, 3);
    private MoodyUpstream upstream;
    private int port;
    private int databasePort;
    private int nonces;

    @BeforeEach
    void begin() throws IOException {
        upstream = new MoodyUpstream(ledger);
        port = ChildProgram.freePort();
        databasePort = ChildProgram.freePort();
    }

    @AfterEach
    void end() {
        upstream.close();
    }

    /** Starts the server with what it had when it was stopped. */
    private EmbeddedPostgres server() throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(databasePort)
                .setDataDirectory(folder.resolve("server"))
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "off")
                .start();
    }

    private String url() {
        return "postgresql://postgres@127.0.0.1:" + databasePort + "/postgres";
    }

    private String config(String database) {
        return """
                server: { listen_address: "127.0.0.1:%d" }
                upstream: { url: "%s", retry: { base_delay_ms: 100, max_delay_ms: 400 } }
                cache: { poll_interval_ms: 50 }
                database: %s
                logging: { file: "" }
                """
                .formatted(port, upstream.uri(), database);
    }

    private ChildProgram serving() throws IOException {
        ChildProgram program = ChildProgram.serving(
                folder, port, config("{ url: \"" + url() + "\", password: \"" + PASSWORD + "\" }"));
        program.awaitReady();
        return program;
    }

    /** A nonce of an account of its own; it is to have its receipt. */
    private NonceSubmission submit() throws IOException {
        nonces++;
        NonceSubmission nonce = Nonces.nonce(upstream.info(), nonces, nonces, 1_000_000L - nonces);
        try (RawHttpClient miner = RawHttpClient.local(port)) {
            assertThat(miner.postToRoot(RpcRequests.submitNonce(RpcId.of(nonces), nonce)).body())
                    .contains("\"poc_time\"");
        }
        ledger.receipt(nonce);
        return nonce;
    }

    @Test
    void nonceWithAReceipt_isSentByTheNextProcess() throws Exception {
        try (EmbeddedPostgres server = server()) {
            assertThat(server.getPort()).isEqualTo(databasePort);
            NonceSubmission last;
            try (ChildProgram program = serving()) {
                submit();
                upstream.mood(MoodyUpstream.Mood.SILENT_ON_NONCES);
                last = submit();
                program.kill();
                assertThat(program.output()).contains("database " + url()).doesNotContain(PASSWORD, "Hikari");
            }
            upstream.mood(MoodyUpstream.Mood.GOOD);
            try (ChildProgram next = serving()) {
                Await.until("what was not confirmed goes out", () -> ledger.hasArrived(last));
                Await.until("all is confirmed", () -> ledger.missing().isEmpty());
                assertThat(next.terminate()).isZero();
                assertThat(next.output()).doesNotContain("Exception");
            }
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).doesNotContain("aggregator.db");
        }
    }

    @Test
    void serverThatIsStopped_isWaitedFor() throws Exception {
        EmbeddedPostgres server = server();
        try (ChildProgram program = serving()) {
            submit();
            server.close();
            submit();
            Await.until("it is told", () -> program.output().contains("Nonces cannot be written to disk"));
            assertThat(ledger.hasArrived(submit())).isTrue();
            assertThat(program.get("/ready").statusCode()).isEqualTo(503);
            // At first that the server is stopping.
            Await.until(
                    "the reason is told", () -> program.get("/ready").body().contains(url() + " cannot be reached"));
            assertThat(program.get("/ready").body()).contains("\"store\"");
            assertThat(program.get("/health").statusCode()).isEqualTo(200);
            server = server();
            program.awaitReady();
            submit();
            Await.until("all is confirmed", () -> ledger.missing().isEmpty());
            assertThat(program.terminate()).isZero();
            assertThat(program.output()).doesNotContain(PASSWORD).doesNotContain("Exception");
            assertThat(program.output().lines().filter(line -> line.contains("ERROR")))
                    .isNotEmpty()
                    .allMatch(line -> line.contains("cannot be written to disk: " + url()))
                    .noneMatch(line -> line.contains("INSERT"));
        } finally {
            server.close();
        }
    }

    @Test
    void serverThatIsNotThere_endsTheStart() throws Exception {
        Files.writeString(
                folder.resolve("my.yaml"), config("{ url: \"" + url() + "\", password: \"" + PASSWORD + "\" }"));
        try (ChildProgram program = ChildProgram.start(folder, port, "-c", "my.yaml")) {
            assertThat(program.awaitExit()).isEqualTo(1);
            assertThat(program.output())
                    .contains("pocx-aggregator: " + url() + " cannot be reached: check the server")
                    .doesNotContain("\tat ", PASSWORD);
        }
    }

    @Test
    void startOnSqlite_loadsNoClassOfPostgresql() throws Exception {
        Path classes = folder.resolve("classes.txt");
        try (ChildProgram program = ChildProgram.servingUnder(
                List.of("-Xlog:class+load:file=" + classes), folder, port, config("{ path: a.db }"))) {
            program.awaitReady();
            submit();
            Await.until("all is confirmed", () -> ledger.missing().isEmpty());
            assertThat(program.terminate()).isZero();
        }

        assertThat(classes).content().contains("org.sqlite.", "org.pocx.aggregator.cli.Wiring");
        assertThat(Files.readAllLines(classes))
                .filteredOn(line -> line
                        .matches(".* (org\\.postgresql|com\\.zaxxer|org\\.pocx\\.aggregator\\.postgresql)\\..*"))
                .isEmpty();
    }
}
