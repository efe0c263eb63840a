package org.pocx.aggregator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The table, and the same as JSON. */
class BenchReportTest {
    private static final Figures FLOOR = new Figures(100_000, 0.5, 1, 2, 1, 100);
    private static final Figures FIGURES = new Figures(95_000, 0.525, 1_234, 2, Double.NaN, 110);
    private static final Row MEASURED = new Row.Measured(
            new Row.Label("get_mining_info", "get_mining_info"),
            FIGURES,
            "floor: 64 connections",
            FLOOR,
            3,
            List.of(new Row.BudgetResult(true, "at least 0.9 of the floor"),
                    new Row.BudgetResult(false, "memory below 1 MiB")),
            "a note");
    private static final Row LEFT_OUT = new Row.LeftOut(
            new Row.Label("submit", "submit_nonce"),
            "needs our upstream: give --upstream-port N, and point that aggregator at it");
    private static final BenchMachine MACHINE = new BenchMachine(
            Instant.EPOCH, "Processor of a long name ".repeat(5), 2, "Linux", "25 (Somebody)", "0.1 0.2 0.3");
    private static final BenchSettings SETTINGS = new BenchSettings(
            new JavaCommand("x.jar", "Main", List.of(), List.of()),
            "own",
            Optional.of(new BenchSettings.Other(
                    URI.create("http://me:secret@127.0.0.1:9/"), OptionalLong.empty())),
            OptionalInt.empty(),
            64,
            4_000,
            Duration.ofSeconds(10),
            Duration.ofMillis(2_500));

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final BenchTable table = new BenchTable(new PrintStream(bytes, true, StandardCharsets.UTF_8));

    @Test
    void row_isShownWithItsFloorRatioAndBudgets() {
        table.row(MEASURED);

        assertThat(printed().lines().map(line -> line.strip().replaceAll(" {2,}", " | ")))
                .containsExactly(
                        "floor: 64 connections | 100,000 | 0.500 | 1.000 | 2.000 | 1.00 | 100",
                        "get_mining_info | 95,000 | 0.525 | 1,234 | 2.000 | - | 110",
                        "as a ratio to the floor | 0.95x | 1.05x | 1234x | 1.00x | - | 1.10x",
                        "budget met: at least 0.9 of the floor",
                        "BUDGET MISSED: memory below 1 MiB",
                        "3 requests got no result",
                        "a note");
    }

    @Test
    void rowThatWasLeftOut_saysWhy() {
        table.row(LEFT_OUT);

        assertThat(printed()).startsWith("submit_nonce ").contains("left out: needs our upstream");
    }

    @Test
    void everyLine_fitsIntoAHundredColumns() {
        table.begin(MACHINE, SETTINGS);
        table.row(MEASURED);
        table.row(LEFT_OUT);

        assertThat(printed().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        assertThat(printed()).contains("10 s each after 2.5 s of warm-up").doesNotContain("secret");
    }

    @Test
    void json_isWellFormed_andTellsNoSecret() throws Exception {
        String json = BenchJson.write(MACHINE, SETTINGS, List.of(MEASURED, LEFT_OUT));

        assertThat(tokens(json)).isPositive();
        assertThat(json)
                .contains("\"requests_per_second\" : 95000.0", "\"cpu_seconds_per_100k\" : null", "\"left_out\" : ")
                .contains("\"met\" : false", "\"url\" : \"http://127.0.0.1:9/\"")
                .doesNotContain("secret", "NaN");
    }

    @Test
    void ratioToNothing_isNoNumber() {
        assertThat(FLOOR.ratioTo(new Figures(0, 1, 1, 1, 1, 1)).rate()).isNaN();
    }

    private static int tokens(String json) throws IOException {
        int tokens = 0;
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            while (parser.nextToken() != null) {
                tokens++;
            }
        }
        return tokens;
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
