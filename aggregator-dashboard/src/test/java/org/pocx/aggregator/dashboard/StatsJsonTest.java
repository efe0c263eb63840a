package org.pocx.aggregator.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StatsJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode small = parse(StatsJson.render(Snapshots.small()));
    private final JsonNode unknown = parse(StatsJson.render(Snapshots.unknown()));

    private static JsonNode parse(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Lists members of the example that are missing, in another order or of another type. */
    private static List<String> differences(String path, JsonNode example, JsonNode ours) {
        List<String> found = new ArrayList<>();
        if (example.getNodeType() != ours.getNodeType()) {
            found.add(path + " is " + ours.getNodeType() + " and not " + example.getNodeType());
        } else if (example.isArray()) {
            found.addAll(differences(path + "[]", example.get(0), ours.get(0)));
        } else if (example.isObject()) {
            List<String> names = ours.properties().stream().map(Map.Entry::getKey).toList();
            List<String> wanted = example.properties().stream().map(Map.Entry::getKey).toList();
            if (!names.subList(0, Math.min(wanted.size(), names.size())).equals(wanted)) {
                found.add(path + " has " + names + " and not " + wanted);
            }
            wanted.forEach(name -> found.addAll(differences(path + "." + name, example.get(name), ours.path(name))));
        }
        return found;
    }

    @Test
    void names_areThoseOfTheOtherAggregatorWithOursBehind() throws IOException {
        try (InputStream example = StatsJsonTest.class.getResourceAsStream("stats.json")) {
            assertThat(differences("", JSON.readTree(example), small)).isEmpty();
        }
    }

    @Test
    void integersBeyondALong_areExact() {
        String text = new String(StatsJson.render(Snapshots.small()), StandardCharsets.UTF_8);

        assertThat(text)
                .contains("\"currentHeight\":18446744073709551615", "\"bestRawQuality\":18446744073709551613")
                .contains("\"baseTarget\":18446744073709551614");
    }

    @ParameterizedTest
    @CsvSource({
        "/totalCapacity,23.8 TiB",
        "/networkCapacity,1.0 TiB",
        "/uptimeSecs,1",
        "/uniqueMiners,1",
        "/currentBlockBest/fate,confirmed",
        "/machines/0/suspect,true",
        "/machines/0/name,cellar",
        "/machines/0/lastRejection,bad plot",
        "/machines/0/verifiedSecsAgo,1",
        "/machines/0/verificationIntervalSecs,90",
        "/machines/0/counts/received,36",
        "/machines/0/silent,false",
        "/machines/0/missedRounds,0",
        "/silentMachines,0",
        "/accounts/0/silent,false",
        "/accounts/0/missedRounds,1",
        "/accounts/0/suspect,true",
        "/accounts/0/lastRejection,bad plot",
        "/accounts/0/counts/confirmed,5",
        "/counts/refused,1",
        "/counts/expired,8",
        "/upstream/up,false",
        "/upstream/problem,refused",
        "/upstream/lastConfirmedSecsAgo,1",
        "/upstream/errors/0/times,2",
        "/upstream/errors/0/at,1970-01-01T00:00:00Z",
        "/store/writable,true",
        "/round/ageSecs,1",
    })
    void field_hasItsValue(String pointer, String value) {
        assertThat(small.at(pointer).asText()).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "/currentBlockBest/bestPocTime",
        "/currentBlockBest/bestRawQuality",
        "/currentBlockBest/bestAccountId",
        "/currentBlockBest/bestMachineId",
        "/round",
        "/upstream/lastConfirmedSecsAgo",
        "/machines/0/totalCapacityTib",
        "/machines/0/accounts/0/capacityTib",
    })
    void unknownOrInfinite_isNull(String pointer) {
        assertThat(unknown.at(pointer).isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"/totalCapacity,N/A", "/networkCapacity,N/A", "/currentHeight,0", "/currentBlockBest/height,0"})
    void valuesOfTheOtherAggregator_areNeverNull(String pointer, String value) {
        assertThat(unknown.at(pointer).asText()).isEqualTo(value);
    }

    @Test
    void roundWithoutNonce_hasItsHeight() throws IOException {
        JsonNode stats = JSON.readTree(StatsJson.render(Snapshots.newRound()));

        assertThat(stats.at("/currentBlockBest/height").bigIntegerValue()).isEqualTo("18446744073709551615");
        assertThat(stats.at("/currentBlockBest/bestAccountId").isNull()).isTrue();
        assertThat(stats.at("/totalCapacity").asText()).isEqualTo("23.8 TiB");
    }

    @Test
    void wordsFromOutside_areEscaped() {
        assertThat(small.at("/upstream/errors/0/words").asText()).isEqualTo("bad \"plot\"\n</script>");
    }
}
