package org.pocx.aggregator.dashboard.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The reference of the metrics matches the program. */
final class MetricsDocTest {
    private static final Path DOC = Path.of("..", "docs", "metrics.md");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");
    private static final Exposition SCRAPE = ScrapedFarm.scrape();

    @Test
    void rowsOfTheReference_areOurMetrics() throws IOException {
        List<String> rows = Files.readAllLines(DOC).stream()
                .filter(line -> line.startsWith("| `pocx_"))
                .sorted()
                .toList();

        assertThat(rows)
                .containsExactlyElementsOf(SCRAPE.types().keySet().stream()
                        .filter(name -> name.startsWith("pocx_"))
                        .map(MetricsDocTest::row)
                        .sorted()
                        .toList());
    }

    @Test
    void everyMetricOfTheJvm_isNamed() throws IOException {
        String doc = Files.readString(DOC);

        assertThat(SCRAPE.types().keySet()).allSatisfy(name -> assertThat(doc).contains("`" + name + "`"));
    }

    private static String row(String name) {
        return "| `" + name + "` | " + SCRAPE.types().get(name) + " | " + String.join(", ", labels(name)) + " | "
                + SCRAPE.helps().get(name) + " |";
    }

    private static Set<String> labels(String name) {
        Set<String> labels = new TreeSet<>();
        for (String sample : SCRAPE.samples().keySet()) {
            if (sample.startsWith(name + "{")) {
                Matcher label = LABEL.matcher(sample);
                while (label.find()) {
                    labels.add("`" + label.group(1) + "`");
                }
            }
        }
        return labels;
    }
}
