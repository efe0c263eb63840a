package org.pocx.aggregator.dashboard.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The Grafana dashboard and the alert rules use existing metrics. */
final class OpsFilesTest {
    private static final Path OPS = Path.of("..", "ops");
    private static final Exposition SCRAPE = ScrapedFarm.scrape();

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "pocx_a > 1 | pocx_a",
        "rate(pocx_a{b=\"pocx_c\"}[5m]) * 60 | pocx_a",
        "sum by (le) (rate(pocx_a_bucket[5m])) / on (job) group_left (b) pocx_c | pocx_a_bucket pocx_c",
        "max(pocx_a) without (b) or pocx_c offset 5m unless 1e3 | pocx_a pocx_c",
        "histogram_quantile(0.99, pocx_a) == bool 1 and label_values(pocx_c, job) | job pocx_a pocx_c",
    })
    void namesInAnExpression_areFound(String expression, String names) {
        assertThat(PromQl.metrics(expression)).containsExactly(names.split(" "));
    }

    static Stream<String> dashboardExpressions() throws IOException {
        return new ObjectMapper()
                .readTree(OPS.resolve("grafana-dashboard.json").toFile()).findValuesAsText("expr").stream();
    }

    static Stream<String> ruleExpressions() throws IOException {
        return new YAMLMapper()
                .readTree(OPS.resolve("alert-rules.yml").toFile()).findValuesAsText("expr").stream();
    }

    @ParameterizedTest
    @MethodSource({"dashboardExpressions", "ruleExpressions"})
    void metricsOfAnExpression_areScraped(String expression) {
        assertThat(PromQl.metrics(expression)).isNotEmpty().isSubsetOf(SCRAPE.names());
    }

    @Test
    void everyMetricOfTheFarm_isOnTheDashboardOrInARule() throws IOException {
        Set<String> used = new TreeSet<>();
        Stream.concat(dashboardExpressions(), ruleExpressions())
                .forEach(expression -> PromQl.metrics(expression).forEach(name -> used.add(base(name))));

        assertThat(used)
                .containsAll(List.of(
                        "pocx_submissions_total",
                        "pocx_confirmation_seconds",
                        "pocx_forward_attempt_seconds",
                        "pocx_store_commit_seconds",
                        "pocx_upstream_errors_total",
                        "pocx_machines_silent",
                        "pocx_mining_info_age_seconds",
                        "pocx_lanes_waiting",
                        "pocx_blocks_won_total",
                        "pocx_blocks_orphaned_total",
                        "pocx_machines_capacity_dropped",
                        "pocx_plot_overlaps",
                        "pocx_bad_plots",
                        "pocx_group_capacity_tib",
                        "pocx_group_machines_active"));
    }

    private static String base(String name) {
        return name.replaceFirst("_(bucket|sum|count)$", "");
    }

    @Test
    void rules_areThoseThatTheOwnerNeeds() throws IOException {
        JsonNode rules = new YAMLMapper().readTree(OPS.resolve("alert-rules.yml").toFile());

        assertThat(rules.findValuesAsText("alert"))
                .contains(
                        "PocxCapacityDropped",
                        "PocxPlotsOverlap",
                        "PocxBadPlot",
                        "PocxBlockWon",
                        "PocxBlockOrphaned",
                        "PocxBlockProbablyLost",
                        "PocxUpstreamDown",
                        "PocxNoConfirmedNonce",
                        "PocxMachineSilent",
                        "PocxOutboxStuck",
                        "PocxWalletLocked",
                        "PocxStoreNotWritable");
    }

    private static JsonNode dashboard() throws IOException {
        return new ObjectMapper().readTree(OPS.resolve("grafana-dashboard.json").toFile());
    }

    @Test
    void panelsOfTheDashboard_haveIdsOfTheirOwn_andDoNotOverlap() throws IOException {
        List<Integer> ids = new ArrayList<>();
        Set<String> cells = new HashSet<>();
        for (JsonNode panel : dashboard().get("panels")) {
            ids.add(panel.get("id").asInt());
            JsonNode place = panel.get("gridPos");
            for (int x = 0; x < place.get("w").asInt(); x++) {
                for (int y = 0; y < place.get("h").asInt(); y++) {
                    String cell = (place.get("x").asInt() + x) + "," + (place.get("y").asInt() + y);
                    assertThat(cells.add(cell)).as(panel.get("title").asText() + " at " + cell).isTrue();
                }
            }
        }

        assertThat(ids).isNotEmpty().doesNotHaveDuplicates();
    }

    @Test
    void variableOfTheDashboard_asksForWhatIsScraped() throws IOException {
        JsonNode dashboard = dashboard();

        assertThat(dashboard.at("/templating/list/1/query/query").asText())
                .isEqualTo("label_values(pocx_build_info, instance)");
        assertThat(SCRAPE.names()).contains("pocx_build_info");
    }
}
