package org.pocx.aggregator.dashboard.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pocx.aggregator.dashboard.DashboardServer;
import org.pocx.aggregator.dashboard.Farms;
import org.pocx.aggregator.dashboard.Snapshots;
import org.pocx.aggregator.statistics.history.CapacityHour;
import org.pocx.aggregator.statistics.history.HistoryChange;

/** The paths with the id of a machine, over real sockets. */
final class MachineEndpointsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant HOUR = Instant.parse("2026-05-05T10:00:00Z");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Farms farm = new Farms();
    private DashboardServer server;

    @BeforeEach
    void start() throws IOException {
        farm.now.set(Snapshots.withFindings());
        server = DashboardServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), farm.sources());
    }

    @AfterEach
    void close() {
        server.close();
        client.close();
    }

    private HttpResponse<String> send(String method, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + host() + path))
                .method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private String host() {
        return "127.0.0.1:" + server.address().getPort();
    }

    private HttpResponse<String> reset(String id, String... headers) throws Exception {
        return send("POST", "/api/machines/" + id + "/baseline", headers);
    }

    // ---- capacity

    private JsonNode capacity(String id) throws Exception {
        HttpResponse<String> answer = send("GET", "/api/machines/" + id + "/capacity");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "10.0.0.2%2Frig", "10.0.0.3"})
    void capacity_isAsDescribed(String id) throws Exception {
        farm.write(new HistoryChange.CapacityHourRecorded(new CapacityHour("10.0.0.1", HOUR, 30, 29, 59)));
        String description = send("GET", "/api/openapi.json").body();
        JsonSchema schema = JsonSchemaFactory.getInstance(
                SpecVersion.VersionFlag.V202012,
                builder -> builder.schemaLoaders(
                        loaders -> loaders.schemas(Map.of("https://pocx.test/openapi.json", description))))
                .getSchema(SchemaLocation.of(
                        "https://pocx.test/openapi.json#/components/schemas/MachineCapacity"));

        assertThat(schema.validate(capacity(id))).isEmpty();
    }

    @Test
    void capacity_hasTheExpectedOne_theMeasuredOne_theLossAndTheWeek() throws Exception {
        farm.write(new HistoryChange.CapacityHourRecorded(new CapacityHour("10.0.0.1", HOUR, 30, 29, 59)));
        farm.write(new HistoryChange.CapacityHourRecorded(
                new CapacityHour("10.0.0.1", HOUR.plus(Duration.ofHours(1)), 30, 30, Double.POSITIVE_INFINITY)));

        JsonNode capacity = capacity("10.0.0.1");

        assertThat(capacity.get("expectedCapacityTib").asDouble()).isEqualTo(120);
        assertThat(capacity.get("source").asText()).isEqualTo("configured");
        assertThat(capacity.get("measuredCapacityTib").asDouble()).isEqualTo(80);
        assertThat(capacity.get("measuredLowTib").asDouble()).isBetween(60.0, 79.0);
        assertThat(capacity.get("measuredHighTib").asDouble()).isBetween(81.0, 100.0);
        assertThat(capacity.at("/capacityDrop/since").asText()).isEqualTo("2026-05-05T10:30:00Z");
        assertThat(capacity.at("/capacityDrop/missing").asDouble()).isEqualTo(0.5);
        assertThat(capacity.get("capacityWeek")).hasSize(2);
        assertThat(capacity.at("/capacityWeek/0/at").asText()).isEqualTo("2026-05-05T10:00:00Z");
        assertThat(capacity.at("/capacityWeek/0/tib").asDouble()).isEqualTo(59);
        assertThat(capacity.at("/capacityWeek/1/tib").isNull()).isTrue();
    }

    @Test
    void learnedCapacity_isTheExpectedOne() throws Exception {
        JsonNode capacity = capacity("10.0.0.2%2Frig");

        assertThat(capacity.get("expectedCapacityTib").asDouble()).isEqualTo(50);
        assertThat(capacity.get("source").asText()).isEqualTo("learned");
        assertThat(capacity.get("learnedRounds").asInt()).isEqualTo(400);
    }

    @Test
    void unknownMachine_is404() throws Exception {
        HttpResponse<String> answer = send("GET", "/api/machines/10.0.0.99/capacity");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(JSON.readTree(answer.body()).get("error").asText()).contains("10.0.0.99", "/api/machines");
    }

    @Test
    void unknownParameter_is400() throws Exception {
        assertThat(send("GET", "/api/machines/10.0.0.1/capacity?x=1").statusCode())
                .isEqualTo(400);
    }

    @Test
    void otherMethod_is405() throws Exception {
        HttpResponse<String> answer = send("POST", "/api/machines/10.0.0.1/capacity");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("allow")).contains("GET, HEAD");
    }

    // ---- baseline

    @Test
    void reset_is204_andDone() throws Exception {
        HttpResponse<String> answer = reset(Farms.MACHINE);

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().map()).containsKeys("content-security-policy");
        assertThat(farm.resets).containsExactly(Farms.MACHINE);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.9%2Frig%20%C3%BC, 10.0.0.9/rig ü",
        "10.0.0.9/rig, 10.0.0.9/rig",
        "10.0.0.9%2Fa+b, 10.0.0.9/a+b",
        "fd00%3A%3A7%2Frig, fd00::7/rig",
        "fd00:0:0:0:0:0:0:7, fd00::7",
        "10.0.0.9%2Fbaseline, 10.0.0.9/baseline"
    })
    void id_isDecoded(String encoded, String id) throws Exception {
        reset(encoded);

        assertThat(farm.resets).containsExactly(id);
    }

    @Test
    void resetOfAnUnknownMachine_is404() throws Exception {
        assertThat(reset("10.0.0.99").statusCode()).isEqualTo(404);
    }

    @Test
    void requestWithoutAnId_is404() throws Exception {
        assertThat(send("POST", "/api/machines/baseline").statusCode()).isEqualTo(404);
        assertThat(send("POST", "/api/machines//baseline").statusCode()).isEqualTo(404);
        assertThat(farm.resets).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE"})
    void otherMethods_changeNothing(String method) throws Exception {
        HttpResponse<String> answer = send(method, "/api/machines/" + Farms.MACHINE + "/baseline");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("allow")).contains("POST");
        assertThat(farm.resets).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Origin, http://evil.example",
        "Origin, null",
        "Origin, http://127.0.0.1:1",
        "Origin, %%%"
    })
    void requestOfAnotherSite_is403_andChangesNothing(String header, String value) throws Exception {
        HttpResponse<String> answer = reset(Farms.MACHINE, header, value);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(JSON.readTree(answer.body()).get("error").asText()).contains("another site");
        assertThat(farm.resets).isEmpty();
    }

    @Test
    void requestOfTheOwnPage_isTaken() throws Exception {
        assertThat(reset(Farms.MACHINE, "Origin", "http://" + host(), "Sec-Fetch-Site", "same-origin")
                .statusCode())
                .isEqualTo(204);
        assertThat(reset(Farms.MACHINE, "Origin", "https://" + host()).statusCode())
                .as("behind a proxy with TLS")
                .isEqualTo(204);
    }
}
