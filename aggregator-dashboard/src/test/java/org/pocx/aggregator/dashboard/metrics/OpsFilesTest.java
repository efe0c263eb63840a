package org.pocx.aggregator.dashboard.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
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
                        "pocx_lanes_waiting"));
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
                        "PocxUpstreamDown",
                        "PocxNoConfirmedNonce",
                        "PocxMachineSilent",
                        "PocxOutboxStuck",
                        "PocxWalletLocked",
                        "PocxStoreNotWritable");
    }

    @Test
    void variableOfTheDashboard_asksForWhatIsScraped() throws IOException {
        JsonNode dashboard =
                new ObjectMapper().readTree(OPS.resolve("grafana-dashboard.json").toFile());

        assertThat(dashboard.at("/templating/list/1/query/query").asText())
                .isEqualTo("label_values(pocx_build_info, instance)");
        assertThat(SCRAPE.names()).contains("pocx_build_info");
    }
}
