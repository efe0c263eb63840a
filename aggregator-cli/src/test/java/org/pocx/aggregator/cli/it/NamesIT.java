package org.pocx.aggregator.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
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

/** Machines with names, groups and users of their own at the packaged program. */
@Timeout(600)
class NamesIT {
    private static final MiningInfo ROUND = Nonces.round(7);

    @TempDir private Path folder;

    private ScriptedUpstream pool;
    private int port;
    private int dashboard;

    @BeforeEach
    void begin() throws IOException {
        pool = new ScriptedUpstream(
                0,
                "{\"jsonrpc\":\"2.0\",\"result\":" + MiningCodec.encode(ROUND).text() + ",\"id\":ID}",
                "{\"jsonrpc\":\"2.0\",\"result\":{\"accepted\":true},\"id\":ID}");
        port = ChildProgram.freePort();
        dashboard = ChildProgram.freePort();
    }

    @AfterEach
    void end() {
        pool.close();
    }

    private String config(String server, String more) {
        return """
                server: { listen_address: "127.0.0.1:%d", trusted_proxies: ["127.0.0.1"], %s }
                upstream: { url: "%s" }
                cache: { poll_interval_ms: 50 }
                database: { path: "names.db" }
                dashboard: { listen_address: "127.0.0.1:%d" }
                metrics: { per_machine: true }
                logging: { file: "" }
                %s
                """.formatted(port, server, pool.uri(), dashboard, more);
    }

    private ChildProgram serve(String server, String more) throws IOException {
        ChildProgram program = ChildProgram.serving(folder, port, config(server, more));
        program.awaitReady();
        return program;
    }

    private int submit(int nonce, String... headers) throws IOException {
        byte[] body = RpcRequests.submitNonce(RpcId.of(1), Nonces.nonce(ROUND, nonce, nonce, 5_000_000_000L + nonce));
        try (RawHttpClient miner = RawHttpClient.local(port)) {
            return miner.postToRoot(body, headers).status();
        }
    }

    private static String basic(String login) {
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

    private String page(String path) throws IOException {
        try (RawHttpClient wire = RawHttpClient.local(dashboard)) {
            return wire.exchange(RawHttpClient.get(path)).body();
        }
    }

    private List<JsonNode> items(String path) throws IOException {
        List<JsonNode> items = new ArrayList<>();
        ChildProgram.json(page(path)).get("items").forEach(items::add);
        return items;
    }

    private static List<String> machines(ChildProgram program) {
        List<String> ids = new ArrayList<>();
        program.stats().get("machines").forEach(machine -> ids.add(machine.get("machineId").asText()));
        return ids;
    }

    @Test
    void namesAndAddresses_areMachines_overARestartToo() throws Exception {
        List<String> expected = List.of(
                "10.0.0.7", "127.0.0.1", "127.0.0.1/<b>'\"&", "127.0.0.1/old", "127.0.0.1/rig-01", "127.0.0.1/user",
                "2001:db8::7");
        try (ChildProgram program = serve("auth: { basic_auth: { username: farm } }", "")) {
            submit(1, "X-Miner: rig-01", "X-Minername: no", basic("no:x"));
            submit(2, "X-Minername: old");
            submit(3, basic("user:x"));
            submit(4, basic("farm:x"));
            submit(5, "X-Miner: <b>'\"&");
            submit(6, "X-Forwarded-For: ::ffff:10.0.0.7");
            submit(7, "X-Forwarded-For: 2001:0DB8:0:0:0:0:0:7");
            Await.until("all are confirmed", () -> program.stats().at("/counts/confirmed").asInt() == 7);

            assertThat(machines(program)).isEqualTo(expected);
            assertThat(page("/metrics")).contains("{machine=\"127.0.0.1/rig-01\"}");
            assertThat(items("/api/machines?q=RIG")).singleElement().satisfies(row -> {
                assertThat(row.get("name").asText()).isEqualTo("rig-01");
                assertThat(row.get("group").isNull()).isTrue();
            });
            assertThat(program.output()).contains("machine 127.0.0.1/rig-01,");
            assertThat(program.terminate()).isZero();
        }

        assertThat(column("SELECT machine_id FROM submissions ORDER BY machine_id")).isEqualTo(expected);
        assertThat(column("SELECT machine FROM pocx_confirmed_machines ORDER BY machine")).isEqualTo(expected);
        try (ChildProgram program = serve("max_connections: 9", "")) {
            assertThat(machines(program)).isEqualTo(expected);
            assertThat(items("/api/submissions?machine=127.0.0.1/rig-01")).singleElement()
                    .satisfies(row -> assertThat(row.at("/verdict/outcome").asText()).isEqualTo("confirmed"));
        }
    }

    private List<String> column(String query) throws Exception {
        List<String> values = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("names.db"));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    @Test
    void configuredMachines_haveNamesAndGroups_thatAreReloaded() throws Exception {
        String machines =
                """
                machines:
                  "127.0.0.1": { group: barn-3 }
                  "127.0.0.1/rig-01": { name: left rack, capacity_tib: 120 }
                """;
        try (ChildProgram program = serve("max_connections: 99", machines)) {
            submit(1, "X-Miner: rig-01");
            submit(2, "X-Miner: rig-02");
            Await.until("both are known", () -> machines(program).size() == 2);

            Await.until("the snapshot shows both", () -> group().at("/machines").asInt() == 2);
            assertThat(group().at("/group").asText()).isEqualTo("barn-3");
            assertThat(group().at("/expectedCapacityTib").asDouble()).isEqualTo(120);
            JsonNode rig = items("/api/machines").getFirst();
            assertThat(rig.get("name").asText()).isEqualTo("left rack");
            assertThat(rig.get("group").asText()).isEqualTo("barn-3");
            assertThat(rig.get("expectedCapacityTib").asDouble()).isEqualTo(120);
            Await.until("metrics show both", () -> metrics().contains("pocx_group_machines{group=\"barn-3\"} 2"));
            assertThat(metrics()).contains("pocx_group_capacity_tib{group=\"barn-3\"} ");

            Files.writeString(
                    folder.resolve("aggregator_config.yaml"),
                    config("max_connections: 99", "machines: { \"127.0.0.1/rig-02\": { group: attic } }"));
            program.hangUp();
            Await.until("it is applied", () -> program.output().contains("applied: machines"));
            Await.until("the page shows it", () -> group().at("/group").asText().equals("attic"));
        }
    }

    private JsonNode group() {
        try {
            return items("/api/groups").getFirst();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String metrics() {
        try {
            return page("/metrics");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void users_areAdmittedBesideBasicAuth_andReloaded() throws Exception {
        String auth =
                "auth: { enabled: true, basic_auth: { username: farm, password: shared }, users: { rig-07: %s } }";
        try (ChildProgram program = serve(auth.formatted("seven"), "")) {
            assertThat(submit(1, basic("farm:shared"))).isEqualTo(200);
            assertThat(submit(2, basic("rig-07:seven"))).isEqualTo(200);
            assertThat(submit(3, basic("rig-07:shared"))).isEqualTo(401);
            assertThat(submit(4)).isEqualTo(401);

            Files.writeString(
                    folder.resolve("aggregator_config.yaml"), config(auth.formatted("octave"), ""));
            program.hangUp();
            Await.until("it is applied", () -> program.output().contains("applied: server.auth.users"));
            assertThat(submit(5, basic("rig-07:octave"))).isEqualTo(200);
            assertThat(submit(6, basic("rig-07:seven"))).isEqualTo(401);
            assertThat(program.output()).doesNotContain("seven").doesNotContain("octave");
        }
        try (ChildProgram check =
                ChildProgram.start(folder, port, "check", "-c", folder.resolve("aggregator_config.yaml").toString())) {
            assertThat(check.awaitExit()).isZero();
            assertThat(check.output()).contains("\"rig-07\": \"********\"").doesNotContain("octave")
                    .doesNotContain("shared");
        }
    }
}
