package org.pocx.aggregator.dashboard.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocx.aggregator.core.testkit.Nonces;
import org.pocx.aggregator.dashboard.DashboardServer;
import org.pocx.aggregator.dashboard.Farms;
import org.pocx.aggregator.dashboard.Snapshots;

/** The API over real sockets; each response matches its description. */
final class ApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DESCRIPTION = "https://pocx.test/openapi.json";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Farms farm = new Farms().withPast();
    private DashboardServer server;

    @BeforeEach
    void start() throws IOException {
        server = DashboardServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), farm.sources());
    }

    @AfterEach
    void close() {
        server.close();
        client.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.address().getPort() + path);
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    private JsonNode json(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static List<JsonNode> items(JsonNode page) {
        List<JsonNode> items = new ArrayList<>();
        page.get("items").forEach(items::add);
        return items;
    }

    // ---- as described

    private JsonSchema schema(String pointer) throws Exception {
        String description = get("/api/openapi.json").body();
        JsonSchemaFactory factory = JsonSchemaFactory.getInstance(
                SpecVersion.VersionFlag.V202012,
                builder -> builder.schemaLoaders(loaders -> loaders.schemas(Map.of(DESCRIPTION, description))));
        SchemaValidatorsConfig config =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        return factory.getSchema(SchemaLocation.of(DESCRIPTION + "#" + pointer), config);
    }

    private static String answerOf(String path, int status) {
        return "/paths/" + path.replace("/", "~1") + "/get/responses/" + status + "/content/application~1json/schema";
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "/stats",
        "/api/summary",
        "/api/rounds?limit=1000",
        "/api/submissions?limit=1000",
        "/api/submissions?outcome=rejected",
        "/api/events?limit=1000",
        "/api/machines",
        "/api/machines?account=" + Snapshots.ACCOUNT,
        "/api/machines?group=barn",
        "/api/groups",
        "/api/overlaps",
        "/api/accounts",
        "/api/accounts?machine=127.0.0.13",
        "/api/accounts?state=suspect&sort=missedRounds",
        "/api/plots",
        "/api/plots?machine=127.0.0.13",
        "/api/blocks",
        "/api/blocks?limit=10",
        "/api/blocks?machine=127.0.0.13",
        "/api/blocks/luck",
        "/api/blocks/luck?by=account",
        "/api/series?range=hour",
        "/api/series",
        "/api/series?range=week",
        "/api/upstreams",
        "/api/openapi.json",
    })
    void answer_isAsDescribed(String path) throws Exception {
        JsonSchema schema = schema(answerOf(path.replaceAll("\\?.*", ""), 200));

        assertThat(schema.validate(json(path))).isEmpty();
        farm.now.set(Snapshots.unknown());
        assertThat(schema.validate(json(path))).as("when nothing is known").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/stats", "/api/summary", "/api/machines", "/api/overlaps"})
    void answerWithFindings_isAsDescribed(String path) throws Exception {
        farm.now.set(Snapshots.withFindings());

        assertThat(schema(answerOf(path, 200)).validate(json(path))).isEmpty();
    }

    @Test
    void badPlots_areListedWithTheirNonces_andByMachine() throws Exception {
        JsonNode plot = json("/api/plots").at("/items/0");

        assertThat(plot.get("machineId").asText()).isEqualTo("127.0.0.13");
        assertThat(plot.get("firstBadNonce").asText()).isEqualTo("7");
        assertThat(plot.get("lastBadNonce").asText()).isEqualTo("18446744073709551615");
        assertThat(plot.get("checked").asInt()).isEqualTo(8);
        assertThat(plot.get("bad").asInt()).isEqualTo(2);
        assertThat(json("/api/plots?machine=::ffff:127.0.0.13").get("items")).hasSize(1);
        assertThat(json("/api/plots?machine=10.0.0.9").get("items")).isEmpty();
    }

    @Test
    void refusal_isAsDescribed() throws Exception {
        JsonNode refusal = JSON.readTree(get("/api/rounds?limit=x").body());

        assertThat(schema(answerOf("/api/rounds", 400)).validate(refusal)).isEmpty();
    }

    @Test
    void description_namesEveryPathAndParameterThereIs() throws Exception {
        JsonNode description = json("/api/openapi.json");
        for (Map.Entry<String, JsonNode> path : description.get("paths").properties()) {
            if (path.getKey().equals("/events") || path.getKey().contains("{")) {
                continue; // streams, and is tested by MachineEndpointsTest
            }
            assertThat(get(path.getKey()).statusCode()).as(path.getKey()).isEqualTo(200);
            List<String> described = new ArrayList<>();
            path.getValue().at("/get/parameters").forEach(one -> described.add(one.get("name").asText()));
            if (!described.isEmpty()) {
                String refusal = JSON.readTree(get(path.getKey() + "?nonsense=1").body()).get("error").asText();
                assertThat(refusal).endsWith("Known parameters: " + String.join(", ", described) + ".");
            }
        }
    }

    @Test
    void answerWithAFieldTooFew_isNotAsDescribed() throws Exception {
        JsonNode page = json("/api/rounds");
        ((com.fasterxml.jackson.databind.node.ObjectNode) page.get("items").get(0)).remove("height");

        assertThat(schema(answerOf("/api/rounds", 200)).validate(page)).isNotEmpty();
    }

    // ---- pages

    @ParameterizedTest
    @ValueSource(strings = {"/api/rounds", "/api/submissions", "/api/events"})
    void pagesOfThePast_followEachOtherToTheEnd(String path) throws Exception {
        List<Long> ids = new ArrayList<>();
        String next = path + "?limit=10";
        for (int page = 0; page < 3; page++) {
            JsonNode answer = json(next);
            items(answer).forEach(item -> ids.add(item.get("id").asLong()));
            next = path + "?limit=10&before=" + answer.get("nextBefore").asText();
            assertThat(answer.get("nextBefore").isNull()).isEqualTo(page == 2);
        }
        assertThat(ids).hasSize(25).doesNotHaveDuplicates().isSortedAccordingTo((a, b) -> Long.compare(b, a));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/rounds", "/api/submissions", "/api/events"})
    void offset_passesOver(String path) throws Exception {
        List<JsonNode> all = items(json(path));

        assertThat(items(json(path + "?offset=20&limit=3"))).isEqualTo(all.subList(20, 23));
        assertThat(items(json(path + "?offset=1000000"))).isEmpty();
    }

    @Test
    void machines_comeInPagesWithTheirTotal() throws Exception {
        farm.now.set(Snapshots.withMachines("10.0.0.1", "10.0.0.2", "10.0.0.3"));

        JsonNode page = json("/api/machines?limit=2&offset=1&order=desc");

        assertThat(page.get("total").asInt()).isEqualTo(3);
        assertThat(items(page)).extracting(item -> item.get("machineId").asText()).containsExactly("10.0.0.2",
                "10.0.0.1");
    }

    // ---- groups

    @Test
    void groups_haveTheSumsOfTheirMachines() throws Exception {
        farm.now.set(Snapshots.withGroups());

        List<JsonNode> groups = items(json("/api/groups"));

        assertThat(groups).extracting(group -> group.get("group").asText("none")).containsExactly("<b>", "barn",
                "none");
        JsonNode barn = groups.get(1);
        assertThat(barn.get("machines").asInt()).isEqualTo(2);
        assertThat(barn.get("active").asInt()).isEqualTo(2);
        assertThat(barn.get("capacityTib").asDouble()).isEqualTo(2);
        assertThat(barn.get("expectedCapacityTib").asDouble()).isEqualTo(10);
        assertThat(barn.at("/counts/confirmed").asInt()).isEqualTo(10);
        assertThat(groups.getLast().get("expectedCapacityTib").isNull()).isTrue();
    }

    @Test
    void machinesOfAGroup_haveItsNameAndTheirs() throws Exception {
        farm.now.set(Snapshots.withGroups());

        List<JsonNode> machines = items(json("/api/machines?group=barn"));

        assertThat(machines)
                .extracting(
                        machine -> machine.get("machineId").asText() + " " + machine.get("name").asText("none") + " "
                                + machine.get("group").asText() + " " + machine.get("expectedCapacityTib").asText())
                .containsExactly("10.0.0.2 left barn 10.0", "10.0.0.3/rig rig barn null");
        assertThat(items(json("/api/machines?q=LEFT"))).hasSize(1);
        assertThat(items(json("/api/machines?q=barn"))).hasSize(2);
    }

    @Test
    void machineInAnotherSpelling_isFound() throws Exception {
        assertThat(items(json("/api/accounts?machine=::ffff:127.0.0.13"))).hasSize(1);
    }

    // ---- content

    @Test
    void unsignedFigures_areExactNumbers() throws Exception {
        JsonNode submission = items(json("/api/submissions?limit=1")).getFirst();
        JsonNode round = items(json("/api/rounds?limit=25")).get(22);

        assertThat(submission.get("rawQuality").bigIntegerValue()).isEqualTo(new BigInteger("18446744073709551591"));
        assertThat(round.get("height").bigIntegerValue()).isEqualTo(new BigInteger("18446744073709551613"));
        assertThat(round.get("baseTarget").bigIntegerValue()).isEqualTo(new BigInteger("18446744073709551614"));
    }

    @Test
    void submission_hasItsVerdict() throws Exception {
        List<JsonNode> bests = items(json("/api/submissions?limit=2"));
        List<JsonNode> rejected = items(json("/api/submissions?outcome=rejected"));

        assertThat(bests.getFirst().at("/verdict/outcome").asText()).isEqualTo("confirmed");
        assertThat(bests.getLast().get("verdict").isNull()).isTrue();
        assertThat(rejected).hasSize(1);
        assertThat(rejected.getFirst().at("/verdict/words").asText()).isEqualTo("<b>bad plot</b>");
    }

    @ParameterizedTest
    @CsvSource({"account,19,1", "height,125,1", "machine,127.0.0.13,25", "machine,nobody,0"})
    void submissions_areFound(String parameter, String value, int expected) throws Exception {
        String wanted = parameter.equals("account") ? Nonces.account(Integer.parseInt(value)) : value;

        assertThat(items(json("/api/submissions?" + parameter + "=" + wanted))).hasSize(expected);
    }

    @Test
    void events_areFoundByTheirKinds() throws Exception {
        assertThat(items(json("/api/events?kind=confirmed,new_round")))
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.get("kind").asText()).isIn("confirmed", "new_round"));
    }

    @Test
    void machinesOfAnAccount_haveTheirPart() throws Exception {
        JsonNode machine = items(json("/api/machines?account=" + Snapshots.ACCOUNT.toUpperCase(java.util.Locale.ROOT)))
                .getFirst();

        assertThat(machine.at("/part/capacityTib").asDouble()).isEqualTo(7.5);
        assertThat(items(json("/api/machines")).getFirst().has("part")).isFalse();
    }

    @Test
    void machines_areSearchedByAddressAndLabel() throws Exception {
        assertThat(items(json("/api/machines?q=CELL"))).hasSize(1);
        assertThat(items(json("/api/machines?q=.13"))).hasSize(1);
        assertThat(items(json("/api/machines?q=attic"))).isEmpty();
    }

    @Test
    void machines_areFoundByTheirState() throws Exception {
        assertThat(items(json("/api/machines?state=active"))).hasSize(1);
        assertThat(items(json("/api/machines?state=suspect"))).hasSize(1);
        assertThat(items(json("/api/machines?state=silent"))).isEmpty();
    }

    @Test
    void accounts_areFoundByTheirState() throws Exception {
        assertThat(items(json("/api/accounts?state=active"))).hasSize(1);
        assertThat(items(json("/api/accounts?state=suspect"))).hasSize(1);
        assertThat(items(json("/api/accounts?state=silent"))).isEmpty();
    }

    @Test
    void hostileNames_areValuesAndNothingElse() throws Exception {
        farm.now.set(Snapshots.withMachines("<script>alert(1)</script>", "\"},{\"x\":\"\n"));

        assertThat(items(json("/api/machines"))).extracting(item -> item.get("machineId").asText())
                .containsExactlyInAnyOrder("<script>alert(1)</script>", "\"},{\"x\":\"\n");
    }

    // ---- blocks

    private List<JsonNode> blocks(String path) throws Exception {
        List<JsonNode> blocks = new ArrayList<>();
        json(path).get("blocks").forEach(blocks::add);
        return blocks;
    }

    @Test
    void pagesOfBlocks_followEachOtherToTheEnd() throws Exception {
        List<String> heights = new ArrayList<>();
        String next = "/api/blocks?limit=10";
        for (int page = 0; page < 3; page++) {
            JsonNode answer = json(next);
            blocks(next).forEach(block -> heights.add(block.get("height").asText()));
            next = "/api/blocks?limit=10&before=" + answer.get("next").asText();
            assertThat(answer.get("next").isNull()).isEqualTo(page == 2);
        }
        assertThat(heights).hasSize(25).doesNotHaveDuplicates().startsWith("25", "18446744073709551592", "23");
    }

    @Test
    void block_hasItsMachineOrNone() throws Exception {
        List<JsonNode> blocks = blocks("/api/blocks");
        JsonNode elsewhere = blocks.getFirst();
        JsonNode ours = blocks.get(2);

        assertThat(elsewhere.get("machineId").isNull()).isTrue();
        assertThat(elsewhere.get("pocTime").isNull()).isTrue();
        assertThat(ours.get("machineId").asText()).isEqualTo(Farms.MACHINE);
        assertThat(ours.get("pocTime").asLong()).isEqualTo(33);
        assertThat(blocks).filteredOn(block -> block.get("orphaned").asBoolean()).hasSize(1);
    }

    @Test
    void blocks_areFoundByAccountAndMachine_withTheirLuckAndLosses() throws Exception {
        assertThat(blocks("/api/blocks?account=" + Nonces.account(1))).hasSize(9);
        assertThat(blocks("/api/blocks?machine=" + Farms.MACHINE)).hasSize(20);
        assertThat(json("/api/blocks").at("/luck/all/luck").asDouble()).isEqualTo(1.25);
        assertThat(json("/api/blocks").at("/luck/day/luck").isNull()).isTrue();
        assertThat(json("/api/blocks?machine=x").at("/luck/all/expected").asDouble()).isZero();
        assertThat(json("/api/blocks").get("unseenBlocks").asLong()).isEqualTo(7);
        assertThat(json("/api/blocks").get("probableLosses")).hasSize(2);
        assertThat(json("/api/blocks?machine=10.0.0.9").get("probableLosses")).hasSize(1);
        assertThat(json("/api/blocks?machine=::ffff:10.0.0.9").get("probableLosses")).hasSize(1);
        assertThat(json("/api/blocks?account=" + Nonces.account(1)).get("probableLosses")).hasSize(1);
    }

    @Test
    void luckOfMachines_beginsWithThoseThatWonMost() throws Exception {
        assertThat(items(json("/api/blocks/luck"))).extracting(row -> row.get("machineId").asText())
                .containsExactly(Farms.MACHINE, "127.0.0.3", "127.0.0.2");
        assertThat(items(json("/api/blocks/luck?by=account"))).extracting(row -> row.get("accountId").asText())
                .containsExactly("a".repeat(40));
    }

    // ---- invalid requests

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/api/rounds?limit=0 | limit | must be a whole number from 1 to 1000, not \"0\"",
        "/api/rounds?limit=1001 | limit | must be a whole number from 1 to 1000",
        "/api/rounds?limit=-1 | limit | must be a whole number",
        "/api/rounds?limit=1e2 | limit | must be a whole number",
        "/api/rounds?limit=99999999999999999999999 | limit | must be a whole number",
        "/api/rounds?limit= | limit | must be a whole number",
        "/api/rounds?offset=-1 | offset | from 0 to 1000000",
        "/api/rounds?offset=1000001 | offset | from 0 to 1000000",
        "/api/rounds?before=0 | before | must be a whole number",
        "/api/rounds?before=18446744073709551615 | before | must be a whole number",
        "/api/rounds?page=2 | page | Unknown parameter page. Known parameters: limit, offset, before.",
        "/api/rounds?limit=1&limit=2 | limit | given twice",
        "/api/submissions?account=xyz | account | an account id, 40 hexadecimal characters",
        "/api/submissions?height=18446744073709551616 | height | from 0 to 18446744073709551615",
        "/api/submissions?outcome=fine | outcome | must be one of confirmed, taken_over, rejected",
        "/api/events?kind=confirmed,nonsense | kind | not \"nonsense\"",
        "/api/machines?sort=beauty | sort | must be one of machineId",
        "/api/machines?order=up | order | must be one of asc, desc",
        "/api/machines?state=gone | state | must be one of active, silent, suspect",
        "/api/machines?limit=5001 | limit | from 1 to 5000",
        "/api/series?range=year | range | must be one of hour, day, week",
        "/api/blocks?account=xyz | account | an account id, 40 hexadecimal characters",
        "/api/blocks?machine=m&account=1111111111111111111111111111111111111111 | machine | cannot be combined",
        "/api/blocks/luck?by=farm | by | must be one of machine, account",
        "/api/summary?x=1 | x | Unknown parameter x. Known parameters: none.",
    })
    void badParameter_is400ThatNamesIt(String path, String parameter, String words) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        JsonNode error = JSON.readTree(answer.body());
        assertThat(error.get("parameter").asText()).isEqualTo(parameter);
        assertThat(error.get("error").asText()).contains(words);
    }

    @Test
    void longInvalidValue_isShortenedInTheMessage() throws Exception {
        assertThat(get("/api/rounds?limit=" + "x".repeat(5_000)).body()).hasSizeLessThan(300);
    }

    @Test
    void unknownPathOfTheApi_is404InJson() throws Exception {
        HttpResponse<String> answer = get("/api/nothing");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(JSON.readTree(answer.body()).has("error")).isTrue();
    }

    @Test
    void historyThatCannotBeRead_is503WithTheReason() throws Exception {
        server.close();
        server = DashboardServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new BrokenHistory().in(new Farms().sources()));
        HttpResponse<String> answer = get("/api/rounds");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("check the disk");
        assertThat(get("/api/machines").statusCode()).isEqualTo(200);
    }
}
