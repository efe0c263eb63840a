package org.pocx.aggregator.dashboard.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.testkit.Nonces;
import org.pocx.aggregator.statistics.history.Latencies;
import org.pocx.aggregator.statistics.history.MinuteRecord;
import org.pocx.aggregator.statistics.history.RoundRecord;
import org.pocx.aggregator.statistics.history.WorkCounts;

final class SeriesTableTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final SeriesTable table = new SeriesTable(NOON, NOON.plus(Duration.ofMinutes(9)), Duration.ofMinutes(4));

    private static MinuteRecord minute(int number, long confirmed, double tib) {
        return new MinuteRecord(
                NOON.plus(Duration.ofMinutes(number)),
                new WorkCounts(confirmed, 0, confirmed, 0, 0, 0),
                Latencies.of(0, 0, 0, confirmed),
                tib,
                (int) confirmed);
    }

    private static RoundRecord round(int minute, Long pocTime) {
        return new RoundRecord(
                Nonces.hash(minute),
                minute,
                1,
                NOON.plus(Duration.ofMinutes(minute)),
                NOON,
                Optional.ofNullable(pocTime).map(time -> new RoundRecord.Best(1, time, Nonces.account(1), "m", null)),
                WorkCounts.NONE,
                1,
                1);
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(table.json("hour"));
    }

    private static List<String> column(JsonNode json, String name) {
        return new ArrayList<>(StreamSupport.stream(json.get(name).spliterator(), false)
                .map(JsonNode::asText)
                .toList());
    }

    @Test
    void steps_coverTheRangeToNow() throws Exception {
        assertThat(column(json(), "time"))
                .containsExactly(
                        Long.toString(NOON.getEpochSecond()),
                        Long.toString(NOON.getEpochSecond() + 240),
                        Long.toString(NOON.getEpochSecond() + 480));
    }

    @Test
    void minutesOfAStep_areAddedUpAndItsLastFiguresKept() throws Exception {
        table.add(minute(0, 2, 10));
        table.add(minute(3, 5, 12));
        table.add(minute(8, 1, Double.NaN));

        JsonNode json = json();
        assertThat(column(json, "confirmed")).containsExactly("7", "null", "1");
        assertThat(column(json, "capacityTib")).containsExactly("12", "null", "null");
        assertThat(column(json, "activeMachines")).containsExactly("5", "null", "1");
        assertThat(json.at("/latencyMedianMs/0").asDouble()).isBetween(2.0, 2.9);
        assertThat(json.at("/latencyMedianMs/1").isNull()).isTrue();
    }

    @Test
    void roundsOfAStep_giveTheLowestAndTheMean() throws Exception {
        table.add(round(0, 30L));
        table.add(round(2, 90L));
        table.add(round(3, null));

        JsonNode json = json();
        assertThat(column(json, "rounds")).containsExactly("3", "0", "0");
        assertThat(column(json, "roundsWithoutNonce")).containsExactly("1", "0", "0");
        assertThat(column(json, "bestPocTime")).containsExactly("30", "null", "null");
        assertThat(column(json, "meanPocTime")).containsExactly("60", "null", "null");
    }

    @Test
    void whatLiesOutside_isPassedOver() throws Exception {
        table.add(minute(-1, 5, 1));
        table.add(minute(13, 5, 1));
        table.add(round(-5, 1L));

        assertThat(column(json(), "confirmed")).containsOnly("null");
        assertThat(column(json(), "rounds")).containsOnly("0");
    }

    @Test
    void manyWhoAsk_costOneReading() {
        CountedHistory history = new CountedHistory();
        Series series = new Series(history, InstantSource.fixed(NOON));
        for (int i = 0; i < 20; i++) {
            series.read(Series.Range.DAY);
        }

        assertThat(history.readings()).isEqualTo(1);
    }
}
