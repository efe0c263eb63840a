package org.pocx.aggregator.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.cli.it.MoodyUpstream.Mood;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.testkit.Await;
import org.pocx.aggregator.core.testkit.Nonces;
import org.pocx.aggregator.http.testkit.RawHttpClient;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;
import org.pocx.aggregator.protocol.jsonrpc.RpcRequests;

/** What others do to the database of the packaged program while it runs: nothing is lost, and it heals by itself. */
@Timeout(600)
class DatabaseFaultsIT {
    @TempDir private Path folder;

    private final NonceLedger ledger = new NonceLedger(NonceSubmission::accountId, 3);
    private MoodyUpstream upstream;
    private Path data;
    private Path database;
    private int port;
    private int nonces;

    @BeforeEach
    void begin() throws IOException {
        upstream = new MoodyUpstream(ledger);
        port = ChildProgram.freePort();
        data = Files.createDirectory(folder.resolve("data"));
        database = data.resolve("a.db");
    }

    @AfterEach
    void end() {
        upstream.close();
    }

    private ChildProgram serving() throws IOException {
        ChildProgram program = ChildProgram.serving(
                folder,
                port,
                """
                server: { listen_address: "127.0.0.1:%d", max_connections: 200 }
                upstream: { url: "%s", retry: { base_delay_ms: 100, max_delay_ms: 400 } }
                cache: { poll_interval_ms: 50 }
                database: { path: "%s" }
                dashboard: { listen_address: "127.0.0.1:%d" }
                logging: { file: "" }
                """
                        .formatted(port, upstream.uri(), database, ChildProgram.freePort()));
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

    private static void assertToldOnce(ChildProgram program, String... words) {
        List<String> lines = program.output()
                .lines()
                .filter(line -> line.contains("WARN") || line.contains("ERROR"))
                .toList();
        assertThat(lines).singleElement().asString().contains("Nonces cannot be written to disk", "a.db")
                .contains(words);
        assertThat(program.output()).doesNotContain("Exception");
    }

    /** Submits within the trouble: the receipt follows the verdict, and /ready says why. */
    private void bear(ChildProgram program, String words) throws IOException {
        Await.until("it is told", () -> program.output().contains("Nonces cannot be written to disk"));
        assertThat(ledger.hasArrived(submit())).isTrue();
        assertThat(program.get("/ready").statusCode()).isEqualTo(503);
        assertThat(program.get("/ready").body()).contains("store", "a.db", words);
        assertThat(program.get("/health").statusCode()).isEqualTo(200);
    }

    private void lockedForNonces(int count) throws Exception {
        try (ChildProgram program = serving()) {
            submit();
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + database);
                    Statement statement = other.createStatement()) {
                statement.execute("BEGIN EXCLUSIVE");
                for (int i = 0; i < count; i++) {
                    bear(program, "is locked by another program");
                }
                statement.execute("ROLLBACK");
            }
            program.awaitReady();
            assertToldOnce(program, "is locked by another program: stop that program");
            assertSurvivesAKill(program);
        }
    }

    /** What was taken in the trouble, too, is there for the next process. */
    private void assertSurvivesAKill(ChildProgram program) throws Exception {
        upstream.mood(Mood.SILENT_ON_NONCES);
        NonceSubmission last = submit();
        program.kill();
        upstream.mood(Mood.GOOD);
        long before = ledger.arrivals();
        try (ChildProgram next = serving()) {
            Await.until("what was not confirmed goes out", () -> ledger.arrivals() > before);
            assertThat(ledger.hasArrived(last)).isTrue();
            Await.until("all is confirmed", () -> ledger.missing().isEmpty());
            assertThat(next.terminate()).isZero();
        }
    }

    @Test
    void databaseThatIsLocked_isWaitedFor() throws Exception {
        lockedForNonces(3);
    }

    private void deleteAll() throws IOException {
        try (Stream<Path> files = Files.list(data)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void deletedDatabase_isWrittenAnew() throws Exception {
        try (ChildProgram program = serving()) {
            submit();
            deleteAll();
            submit();
            Await.until("it is told", () -> program.output().contains("was deleted or moved while it was open"));
            Await.until("it is there again", () -> Files.exists(database));
            program.awaitReady();
            assertToldOnce(program, "was deleted or moved while it was open: it is written again");
            assertSurvivesAKill(program);
        }
    }

    @Test
    void deletedFolder_isMadeAnew() throws Exception {
        try (ChildProgram program = serving()) {
            submit();
            deleteAll();
            Files.delete(data);
            submit();
            Await.until("it is there again", () -> Files.exists(database));
            program.awaitReady();
            assertSurvivesAKill(program);
        }
    }

    @Test
    void folderThatCannotBeMade_isToldByReadyUntilItCan() throws Exception {
        try (ChildProgram program = serving()) {
            submit();
            deleteAll();
            Files.delete(data);
            Files.writeString(data, "in the way");
            submit();
            bear(program, "while it was open");
            Await.until("it cannot be mended at once", () -> program.output().contains("cannot be written again yet"));
            Files.delete(data);
            program.awaitReady();
            assertThat(program.output())
                    .containsOnlyOnce("it is written again")
                    .containsOnlyOnce("cannot be written again yet");
            assertSurvivesAKill(program);
        }
    }

    @Test
    void deletedLog_costsNothing() throws Exception {
        try (ChildProgram program = serving()) {
            submit();
            Files.delete(data.resolve("a.db-wal"));
            submit();
            Await.until("it is told", () -> program.output().contains("lost its write-ahead log while it was open"));
            program.awaitReady();
            assertToldOnce(program, "lost its write-ahead log while it was open");
            assertSurvivesAKill(program);
        }
    }

    @Test
    void backupPutInPlace_getsTheNoncesOnTheirWay() throws Exception {
        try (ChildProgram program = serving()) {
            submit();
            assertThat(program.terminate()).isZero();
        }
        Path backup = Files.copy(database, folder.resolve("backup.db"));
        try (ChildProgram program = serving()) {
            submit();
            Files.move(backup, database, StandardCopyOption.REPLACE_EXISTING);
            submit();
            Await.until("it is told",
                    () -> program.output().contains("was replaced by another file while it was open"));
            program.awaitReady();
            assertToldOnce(program, "was replaced by another file while it was open");
            assertSurvivesAKill(program);
        }
    }
}
