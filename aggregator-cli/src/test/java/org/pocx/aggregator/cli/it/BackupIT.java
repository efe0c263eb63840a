package org.pocx.aggregator.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
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

/** Backup of a live database and the way back from it, by the commands of {@code docs/operations.md}. */
@Timeout(600)
class BackupIT {
    private static final MiningInfo INFO = Nonces.round(1);

    /** By the driver, as not every machine has the command. */
    private static final Pattern SQLITE = Pattern.compile("(?m)^sqlite3 (\\S+) \"(.*)\"$");

    @TempDir private Path scratch;

    private Path folder;
    private DocCommands commands;
    private ScriptedUpstream pool;
    private int port;

    @BeforeEach
    void begin() throws IOException {
        folder = Files.createDirectory(scratch.resolve("farm"));
        commands = new DocCommands("operations.md", scratch);
        pool = new ScriptedUpstream(
                0,
                "{\"jsonrpc\":\"2.0\",\"result\":" + MiningCodec.encode(INFO).text() + ",\"id\":ID}",
                "{\"jsonrpc\":\"2.0\",\"result\":{\"raw_quality\":1,\"poc_time\":1},\"id\":ID}");
        port = ChildProgram.freePort();
    }

    @AfterEach
    void end() {
        pool.close();
    }

    private ChildProgram serving() throws IOException {
        ChildProgram program = ChildProgram.serving(
                folder,
                port,
                """
                server: { listen_address: "127.0.0.1:%d", max_connections: 200 }
                upstream: { url: "%s" }
                cache: { poll_interval_ms: 50 }
                dashboard: { listen_address: "127.0.0.1:%d" }
                """
                        .formatted(port, pool.uri(), ChildProgram.freePort()));
        program.awaitReady();
        return program;
    }

    private void confirm(ChildProgram program, int account) throws IOException {
        int before = program.stats().at("/counts/confirmed").asInt();
        try (RawHttpClient miner = RawHttpClient.local(port)) {
            byte[] nonce = RpcRequests.submitNonce(RpcId.of(account), Nonces.nonce(INFO, account, account, 5_000));
            assertThat(miner.postToRoot(nonce).body()).contains("\"poc_time\"");
        }
        Await.until("it is confirmed", () -> program.stats().at("/counts/confirmed").asInt() == before + 1);
    }

    private static List<String> accounts(ChildProgram program) {
        List<String> ids = new ArrayList<>();
        for (JsonNode account : program.stats().at("/accounts")) {
            ids.add(account.at("/accountId").asText());
        }
        return ids;
    }

    @Test
    void backupOfALiveDatabase_isWhatARestartFinds() throws Exception {
        try (ChildProgram program = serving()) {
            confirm(program, 1);
            assertThat(Files.size(folder.resolve("aggregator.db-wal"))).isPositive();
            Await.until("the history has it", () -> count("aggregator.db") == 1);
            assertThat(backUp()).containsExactly("ok");
            confirm(program, 2);
            program.kill();
        }

        commands.run(folder, commands.block("broken/"));
        try (ChildProgram program = serving()) {
            assertThat(accounts(program)).containsExactly(Nonces.account(1));
            confirm(program, 3);
            assertThat(program.output()).doesNotContain("WARN", "ERROR");
            assertThat(program.terminate()).isZero();
        }
        assertThat(folder.resolve("broken/aggregator.db-wal")).exists();
    }

    /** Runs what the document says, and returns what it prints. */
    private List<String> backUp() throws SQLException {
        List<MatchResult> statements =
                SQLITE.matcher(commands.block("VACUUM")).results().toList();
        assertThat(statements).hasSize(2);
        List<String> printed = new ArrayList<>();
        for (MatchResult statement : statements) {
            String sql = statement.group(2).replace("'backup.db'", "'" + folder.resolve("backup.db") + "'");
            printed.addAll(ask(statement.group(1), sql));
        }
        return printed;
    }

    private int count(String file) {
        try {
            return Integer.parseInt(ask(file, "SELECT count(*) FROM submissions").getFirst());
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> ask(String file, String sql) throws SQLException {
        List<String> answers = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(file));
                Statement statement = connection.createStatement()) {
            if (statement.execute(sql)) {
                try (ResultSet rows = statement.getResultSet()) {
                    while (rows.next()) {
                        answers.add(rows.getString(1));
                    }
                }
            }
        }
        return answers;
    }
}
