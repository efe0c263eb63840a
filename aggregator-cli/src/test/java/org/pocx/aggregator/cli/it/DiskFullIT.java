package org.pocx.aggregator.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.cli.it.MoodyUpstream.Mood;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.testkit.Await;
import org.pocx.aggregator.core.testkit.Nonces;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;
import org.pocx.aggregator.protocol.jsonrpc.RpcRequests;
import org.pocx.aggregator.protocol.jsonrpc.RpcResponse;
import org.pocx.aggregator.protocol.jsonrpc.RpcResponses;
import org.pocx.aggregator.simulator.http.HttpMessage;
import org.pocx.aggregator.simulator.http.KeepAliveClient;

/** The packaged program while its disk is full or its database cannot be written, and after. */
class DiskFullIT {
    /** Far more than the promised 4 s: a miner of these tests is never the one to give up. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir private Path folder;

    private final NonceLedger ledger = new NonceLedger(NonceSubmission::accountId, 3);
    private SmallDisk disk;
    private MoodyUpstream upstream;
    private KeepAliveClient miner;
    private int port;
    private int nonces;

    @BeforeEach
    void prepare() throws Exception {
        disk = SmallDisk.mount(folder.resolve("disk"));
        upstream = new MoodyUpstream(ledger);
        port = ChildProgram.freePort();
    }

    @AfterEach
    void tidyUp() throws Exception {
        if (miner != null) {
            miner.close();
        }
        if (disk != null) {
            upstream.close();
            disk.close();
        }
    }

    @Test
    void fullDisk_noncesGoOut_andReceiptsFollowTheVerdict() throws Exception {
        try (ChildProgram program = serving(disk.path("a.db"))) {
            disk.fill();
            for (int account = 1; account <= 20; account++) {
                NonceSubmission nonce = next(account);
                assertThat(isAnswered(nonce)).isTrue();
                assertThat(ledger.hasArrived(nonce)).isTrue();
            }
            Await.until("it is told", () -> program.get("/ready").statusCode() == 503);
            assertThat(program.get("/ready").body()).contains("store", "a.db", "full");
            assertThat(program.get("/health").statusCode()).isEqualTo(200);
            Await.until("the log says so", () -> program.output().contains("disk is full"));
        }
    }

    @Test
    void fullDisk_withoutAVerdict_isNotAnswered() throws Exception {
        try (ChildProgram program = serving(disk.path("a.db"))) {
            disk.fill();
            upstream.mood(Mood.SILENT_ON_NONCES);
            NonceSubmission nonce = next(1);

            assertDropped(nonce);

            assertThat(ledger.hasArrived(nonce)).isTrue();
            assertThat(program.output()).as("the upstream's time is not up yet").doesNotContain("No verdict");
            assertThat(program.get("/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void spaceAgain_noncesAreDurableAgain_thoseOfTheOutageToo() throws Exception {
        Path database = disk.path("a.db");
        NonceSubmission before = next(1);
        NonceSubmission after = next(2);
        try (ChildProgram program = serving(database)) {
            disk.fill();
            upstream.mood(Mood.SILENT_ON_NONCES);
            assertDropped(before);
            disk.free();
            program.awaitReady();
            assertThat(isAnswered(before)).isTrue();
            assertThat(isAnswered(after)).isTrue();
            program.kill();
        }
        upstream.mood(Mood.GOOD);
        long arrivals = ledger.arrivals();

        try (ChildProgram program = serving(database)) {
            Await.until("both come from the outbox", () -> ledger.arrivals() == arrivals + 2);
            assertThat(ledger.missing()).isEmpty();
            Await.until("both are confirmed", () -> program.stats().at("/counts/confirmed").asInt() == 2);
        }
    }

    @Test
    void fullDiskAtStart_minesWithout_andHeals() throws Exception {
        Path database = disk.path("a.db");
        try (ChildProgram program = serving(database)) {
            assertThat(isAnswered(next(1))).isTrue();
            program.kill();
        }
        disk.fill();

        try (ChildProgram program = serving(database)) {
            NonceSubmission nonce = next(2);
            assertThat(isAnswered(nonce)).isTrue();
            assertThat(ledger.hasArrived(nonce)).isTrue();
            Await.until("it is told", () -> program.get("/ready").statusCode() == 503);
            disk.free();
            program.awaitReady();
        }
    }

    @Test
    void fullDiskAtTheFirstStart_isOneLine_andTheNextStartSucceeds() throws Exception {
        Path database = disk.path("a.db");
        disk.fill();

        assertRefusesForWantOfSpace(database);

        disk.free();
        assertServes(database);
    }

    /** A clean stop has left no write-ahead log, and there is no place for another one. */
    @Test
    void fullDiskAtTheStartAfterACleanStop_isOneLine_andTheNextStartSucceeds() throws Exception {
        Path database = disk.path("a.db");
        try (ChildProgram program = serving(database)) {
            assertThat(program.terminate()).isZero();
        }
        disk.fill();

        assertRefusesForWantOfSpace(database);

        disk.free();
        assertServes(database);
    }

    private void assertRefusesForWantOfSpace(Path database) throws Exception {
        Path config = Files.writeString(folder.resolve("aggregator_config.yaml"), config(database, ""));
        try (ChildProgram program = ChildProgram.start(folder, port, "-c", config.toString())) {
            assertThat(program.awaitExit()).isEqualTo(1);
            assertThat(program.output().strip().lines()).hasSize(1).first().asString().contains("a.db", "full");
        }
    }

    private void assertServes(Path database) throws IOException {
        try (ChildProgram program = serving(database)) {
            assertThat(isAnswered(next(1))).isTrue();
            assertThat(program.get("/ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void logOnTheFullDisk_costsLinesAlone() throws Exception {
        Path log = disk.path("a.log");
        disk.fill();
        try (ChildProgram program = serving(folder.resolve("elsewhere.db"), log.toString())) {
            assertThat(isAnswered(next(1))).isTrue();
            Await.until("it says once that it cannot log",
                    () -> program.output().contains("Cannot write the log file"));
            disk.free();
            upstream.nextRound();
            Await.until("it logs again", () -> text(log).contains("New round: height " + upstream.info().height()));
            disk.fill();
            upstream.nextRound();
            assertThat(isAnswered(next(1))).isTrue();
            assertThat(program.get("/ready").statusCode()).isEqualTo(200);
            assertThat(program.terminate()).isZero();
        }
    }

    @Test
    void databaseThatMayNotBeWritten_isAsAFullDisk_andHeals() throws Exception {
        Path database = folder.resolve("a.db");
        Path log = folder.resolve("a.db-wal");
        try (ChildProgram program = serving(database)) {
            assertThat(isAnswered(next(1))).isTrue();
            assumeTrue(
                    SmallDisk.run("chattr", "+i", database.toString(), log.toString()),
                    "this test makes a file immutable, and may not here");
            try {
                NonceSubmission nonce = next(2);
                assertThat(isAnswered(nonce)).isTrue();
                assertThat(ledger.hasArrived(nonce)).isTrue();
                // The verdict may come before the disk has said no.
                Await.until("it is told", () -> program.get("/ready").statusCode() == 503);
                assertThat(program.get("/ready").body()).contains("store", "a.db");
            } finally {
                assertThat(SmallDisk.run("chattr", "-i", database.toString(), log.toString())).isTrue();
            }
            program.awaitReady();
        }
    }

    private NonceSubmission next(int account) {
        nonces++;
        return Nonces.nonce(upstream.info(), account, nonces, 1_000_000 - nonces);
    }

    /** Whether the miner gets a receipt; fails with an IOException when it gets no answer at all. */
    private boolean isAnswered(NonceSubmission nonce) throws IOException {
        HttpMessage answer = miner.post(Map.of(), RpcRequests.submitNonce(RpcId.of(nonce.nonce()), nonce));
        boolean receipt = RpcResponses.parse(answer.body()) instanceof RpcResponse.Result;
        if (receipt) {
            ledger.receipt(nonce);
        }
        return receipt;
    }

    /** The connection is closed without an answer, while the upstream still has the nonce and says nothing. */
    private void assertDropped(NonceSubmission nonce) {
        assertThatThrownBy(() -> isAnswered(nonce))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(SocketTimeoutException.class);
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private ChildProgram serving(Path database) throws IOException {
        return serving(database, "");
    }

    /** Serving, it knows the upstream's round, and a miner has no connection to it yet. */
    private ChildProgram serving(Path database, String log) throws IOException {
        miner = new KeepAliveClient(
                InetAddress.getLoopbackAddress(),
                URI.create("http://127.0.0.1:" + port + "/"),
                PATIENCE,
                "PoCX-Miner/1.0.0");
        ChildProgram program = ChildProgram.serving(folder, port, config(database, log));
        Await.until("it has asked the upstream", () -> !program.get("/ready").body().contains("upstream"));
        return program;
    }

    private String config(Path database, String log) throws IOException {
        return """
                listen_address: "127.0.0.1:%d"
                upstream:
                  url: "%s"
                  retry:
                    base_delay_ms: 100
                    max_delay_ms: 400
                cache:
                  poll_interval_ms: 50
                database:
                  path: "%s"
                dashboard:
                  listen_address: "127.0.0.1:%d"
                logging:
                  file: "%s"
                """
                .formatted(port, upstream.uri(), database, ChildProgram.freePort(), log);
    }
}
