package org.pocx.aggregator.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The reference in the documentation matches the list of keys. */
final class ConfigurationDocTest {
    private static final Path DOC = Path.of("..", "docs", "configuration.md");

    @Test
    void rowsOfTheReference_matchTheKeys() throws IOException {
        List<String> rows = Files.readAllLines(DOC).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();

        assertThat(rows).containsExactlyElementsOf(ConfigKeys.ALL.stream().map(ConfigurationDocTest::row).toList());
    }

    private static String row(Key<?> key) {
        String fallback = key.fallback().isEmpty() ? "" : "`" + key.fallback() + "`";
        boolean words = key.type().parser().apply(key.fallback()).isEmpty();
        return "| `" + key.path() + "` | " + key.type().form() + " | " + (words ? key.fallback() : fallback) + " | "
                + key.doc() + " |";
    }
}
