package org.pocx.aggregator.dashboard.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Tests the alert rules with Prometheus' own tool: it must accept them, and they must fire at the right time. If the
 * tool is not installed, the tests are skipped with a message. If {@code POCX_PROMTOOL} is set, as in {@code .ci/run},
 * the tool must exist.
 */
final class PromtoolTest {
    private static final Path OPS = Path.of("..", "ops");

    @Test
    void alertRules_areReadWithoutAComplaint() throws Exception {
        assertThat(promtool("check", "rules", "alert-rules.yml")).contains("SUCCESS").doesNotContain("FAILED");
    }

    @Test
    void alertRules_fireWhenTheyShould() throws Exception {
        assertThat(promtool("test", "rules", "alert-rules-test.yml")).contains("SUCCESS").doesNotContain("FAILED");
    }

    private static String promtool(String... arguments) throws IOException, InterruptedException {
        List<String> command = Stream.concat(Stream.of(find().toString()), Arrays.stream(arguments)).toList();
        Process process = new ProcessBuilder(command)
                .directory(OPS.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private static Path find() {
        String named = System.getenv("POCX_PROMTOOL");
        if (named != null) {
            return Path.of(named);
        }
        Optional<Path> found = Stream.of(Optional.ofNullable(System.getenv("PATH"))
                .orElse("")
                .split(File.pathSeparator))
                .map(folder -> Path.of(folder, "promtool"))
                .filter(Files::isExecutable)
                .findFirst();
        String missing = "no promtool on the path (Debian: in the package prometheus); the alert rules are not tried";
        if (found.isEmpty()) {
            System.out.println("SKIPPED: " + missing);
        }
        assumeTrue(found.isPresent(), missing);
        return found.orElseThrow();
    }
}
