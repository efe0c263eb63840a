package org.pocx.aggregator.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README shows the examples as they are. */
class ReadmeTest {
    private static final Path README = Path.of("..", "README.md");
    private static final Path SOURCES = Path.of("src/main/java/org/pocx/aggregator/examples");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files.filter(file -> !file.endsWith("package-info.java")).toList();
        }
    }

    /** Without indentation, which is another one in a README. */
    private static String flush(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n"));
    }

    @Test
    void javaInTheReadme_standsInAnExample() throws IOException {
        StringBuilder sources = new StringBuilder();
        for (Path example : examples()) {
            sources.append(flush(Files.readString(example))).append('\n');
        }
        List<String> excerpts = JAVA.matcher(Files.readString(README))
                .results()
                .map(found -> flush(found.group(1)))
                .toList();

        assertThat(excerpts).isNotEmpty().allSatisfy(excerpt -> assertThat(sources).contains(excerpt));
    }

    @Test
    void everyExample_isLinkedAndShorterThan100Lines() throws IOException {
        String readme = Files.readString(README);

        assertThat(examples()).hasSize(3).allSatisfy(example -> {
            assertThat(readme).contains("(examples/" + example.toString().replace('\\', '/') + ")");
            assertThat(Files.readAllLines(example)).hasSizeLessThan(100);
        });
    }
}
