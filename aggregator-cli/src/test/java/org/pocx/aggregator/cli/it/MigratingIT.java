package org.pocx.aggregator.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.testkit.Await;
import org.pocx.aggregator.core.testkit.Nonces;
import org.pocx.aggregator.core.time.WallClock;
import org.pocx.aggregator.http.testkit.RawHttpClient;
import org.pocx.aggregator.protocol.jsonrpc.MiningCodec;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;
import org.pocx.aggregator.protocol.jsonrpc.RpcRequests;
import org.pocx.aggregator.store.testkit.ReferenceDatabase;

/** The commands of {@code docs/migrating.md}, with configuration and database of the other aggregator, on its ports. */
@Timeout(600)
class MigratingIT {
    /** The block after the last one in that database. */
    private static final MiningInfo INFO = new MiningInfo("ab".repeat(32), 36_650_387_592L, 12_346, "cd".repeat(32));

    private static final String ROWS =
            "SELECT id, account_id, machine_id, height, raw_quality, timestamp FROM submissions WHERE id <= ";

    @TempDir private Path scratch;

    private Path original;
    private Path folder;
    private DocCommands commands;
    private ScriptedUpstream pool;
    private int miners;
    private int dashboard;

    @BeforeEach
    void begin() throws IOException, SQLException {
        folder = Files.createDirectory(scratch.resolve("farm"));
        original = ReferenceDatabase.copy(scratch.resolve("original.db"), WallClock.system());
        Files.copy(original, folder.resolve("aggregator.db"));
        commands = new DocCommands("migrating.md", scratch);
        pool = new ScriptedUpstream(
                0,
                "{\"jsonrpc\":\"2.0\",\"result\":" + MiningCodec.encode(INFO).text() + ",\"id\":ID}",
                "{\"jsonrpc\":\"2.0\",\"result\":{\"raw_quality\":5000,\"poc_time\":1},\"id\":ID}");
        miners = ChildProgram.freePort();
        dashboard = ChildProgram.freePort();
    }

    @AfterEach
    void end() {
        pool.close();
    }

    /** Its file, at the addresses of this test. */
    private void configure(String form) throws IOException {
        try (InputStream in = getClass().getResourceAsStream("../config/config-" + form + ".yaml")) {
            String yaml = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            String port = Integer.toString(pool.uri().getPort());
            Files.writeString(
                    folder.resolve("aggregator_config.yaml"),
                    onOurPorts(yaml.replace("pool.example.com:8080", "127.0.0.1:" + port)
                            .replace("pool.example.com", "127.0.0.1")
                            .replace("rpc_port: 8080", "rpc_port: " + port)));
        }
    }

    private String onOurPorts(String text) {
        return text.replace("0.0.0.0", "127.0.0.1").replace(":8080", ":" + miners).replace(":8081", ":" + dashboard);
    }

    @ParameterizedTest
    @ValueSource(strings = {"documented", "shipped"})
    void move_keepsHistoryAndPorts(String form) throws Exception {
        configure(form);
        List<String> before = rows();

        assertThat(commands.run(folder, commands.block("pocx-aggregator check")))
                .contains("aggregator_config.yaml is valid");
        try (ChildProgram program = start()) {
            assertThat(onOurPorts(commands.block("healthcheck"))).contains(":" + miners, ":" + dashboard);
            String seen = commands.run(folder, onOurPorts(commands.block("healthcheck")));
            assertThat(seen).startsWith("OK").contains("{\"ready\":true,\"reasons\":{}}");
            assertHistory(program.stats());
            mine(program);
            assertThat(program.terminate()).isZero();
        }

        assertThat(rows()).containsExactlyElementsOf(before);
        assertThat(query("SELECT count(*) FROM submissions")).containsExactly("153");
        assertThat(query("SELECT version FROM __diesel_schema_migrations ORDER BY version"))
                .containsExactly("20250101000000", "20250601000000");
        assertThat(folder.resolve("before-the-move/aggregator.db")).hasSameBinaryContentAs(original);
    }

    @Test
    void machinesInTwoSpellings_areListedOnceWithTheirCapacity() throws Exception {
        configure("documented");
        JsonNode before;
        try (ChildProgram program = start()) {
            before = program.stats();
            assertThat(program.terminate()).isZero();
        }
        Files.copy(original, folder.resolve("aggregator.db"), StandardCopyOption.REPLACE_EXISTING);
        query("UPDATE submissions SET machine_id = '::ffff:127.0.0.11' WHERE machine_id = '127.0.0.11' AND height % 2 = 0"
                + " RETURNING 1");
        query("UPDATE submissions SET machine_id = '::ffff:127.0.0.12' WHERE machine_id = '127.0.0.12' RETURNING 1");
        query("INSERT INTO submissions (account_id, machine_id, height, raw_quality, timestamp) SELECT account_id,"
                + " '0:0:0:0:0:FFFF:7F00:D', height, raw_quality, timestamp FROM submissions"
                + " WHERE machine_id = '127.0.0.13' RETURNING 1");

        try (ChildProgram program = start()) {
            JsonNode after = program.stats();
            assertHistory(after);
            assertThat(after.at("/totalCapacity")).isEqualTo(before.at("/totalCapacity"));
            assertThat(after.findValuesAsText("totalCapacityTib"))
                    .isEqualTo(before.findValuesAsText("totalCapacityTib"));
            assertThat(after.findValuesAsText("submissions24h")).isEqualTo(before.findValuesAsText("submissions24h"));
            JsonNode page = ChildProgram.json(dashboard("/api/submissions?limit=1000&machine=127.0.0.12"));
            assertThat(page.get("items")).hasSize(51).allSatisfy(row -> assertThat(row.get("machineId").asText())
                    .isEqualTo("127.0.0.12"));
            assertThat(program.terminate()).isZero();
        }
    }

    private String dashboard(String path) throws IOException {
        try (RawHttpClient wire = RawHttpClient.local(dashboard)) {
            return wire.exchange(RawHttpClient.get(path)).body();
        }
    }

    private ChildProgram start() throws Exception {
        // "exec", so that a signal to the shell is one to the program.
        ChildProgram program = ChildProgram.servingBy(
                commands.prepare(folder, "exec " + commands.block("pocx-aggregator\n").strip()), folder, miners);
        program.awaitReady();
        return program;
    }

    private static void assertHistory(JsonNode stats) {
        assertThat(stats.at("/uniqueMiners").asInt()).isEqualTo(2);
        assertThat(stats.at("/machines").findValuesAsText("machineId"))
                .containsExactlyInAnyOrder("127.0.0.11", "127.0.0.12", "127.0.0.13");
        assertThat(stats.at("/totalCapacity").asText()).endsWith("TiB").isNotEqualTo("0.0 TiB");
        assertThat(stats.at("/activeMachines").asInt()).isZero();
    }

    private void mine(ChildProgram program) throws IOException {
        try (RawHttpClient miner = RawHttpClient.local(miners)) {
            byte[] nonce = RpcRequests.submitNonce(RpcId.of(1), Nonces.nonce(INFO, 1, 1, 5_000));
            assertThat(miner.postToRoot(nonce).body()).contains("\"poc_time\"");
        }
        Await.until("it is confirmed", () -> program.stats().at("/counts/confirmed").asInt() == 1);
        assertThat(pool.submissions()).hasSize(1);
        Await.until("the log says so", () -> read(folder.resolve("aggregator.log")).contains("Confirmed by primary"));
    }

    @Test
    void otherAggregatorThatStillRuns_isToldByItsPort() throws Exception {
        configure("documented");
        List<String> before = rows();

        try (ServerSocket other = new ServerSocket(miners, 1, InetAddress.getLoopbackAddress());
                ChildProgram program = ChildProgram.start(folder, other.getLocalPort())) {
            assertThat(program.awaitExit()).isEqualTo(1);
            assertThat(program.output()).contains("the port is in use; stop the program that holds it");
        }

        assertThat(rows()).containsExactlyElementsOf(before);
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The rows that the other aggregator wrote. */
    private List<String> rows() throws SQLException {
        return query(ROWS + "(SELECT max(id) FROM submissions WHERE height <= 12345) ORDER BY id");
    }

    private List<String> query(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("aggregator.db"));
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    row.append(column == 1 ? "" : "|").append(result.getString(column));
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }
}
