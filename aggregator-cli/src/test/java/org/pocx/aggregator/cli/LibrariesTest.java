package org.pocx.aggregator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The lists of libraries that the POMs contain twice are equal. */
class LibrariesTest {
    private static final Path HOME = Path.of("..");
    private static final Pattern EXPORTS = Pattern.compile("exports ([a-z.]+);");
    private static final Pattern COMPARED = Pattern.compile("<pocx.exported>(.+)</pocx.exported>");
    private static final Pattern MANAGED = Pattern.compile("<artifactId>(aggregator-[a-z]+)</artifactId>\\s*<version>");
    private static final Pattern TEST_JARS = Pattern.compile("(<type>test-jar</type>)");

    static List<Path> libraries() throws IOException {
        try (Stream<Path> modules = Files.list(HOME)) {
            return modules.filter(module -> Files.exists(descriptor(module))).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void exportedPackages_areComparedWithTheLastRelease(Path library) throws IOException {
        List<String> compared = words(COMPARED, library.resolve("pom.xml")).stream()
                .flatMap(packages -> Stream.of(packages.split(";", -1)))
                .toList();

        assertThat(compared)
                .containsExactlyInAnyOrderElementsOf(words(EXPORTS, descriptor(library)));
    }

    @Test
    void bom_hasTheLibrariesAndTheTestJarsOfCoreAndStatistics() throws IOException {
        List<String> expected = Stream.concat(
                libraries().stream().map(library -> library.getFileName().toString()),
                Stream.of("aggregator-core", "aggregator-statistics"))
                .toList();

        assertThat(words(MANAGED, HOME.resolve("packaging/bom/pom.xml")))
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(words(TEST_JARS, HOME.resolve("packaging/bom/pom.xml"))).hasSize(2);
    }

    private static Path descriptor(Path module) {
        return module.resolve("src/main/java/module-info.java");
    }

    private static List<String> words(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file)).results().map((MatchResult found) -> found.group(1)).toList();
    }
}
