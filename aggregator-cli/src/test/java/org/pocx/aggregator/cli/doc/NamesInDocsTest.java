package org.pocx.aggregator.cli.doc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The classes and files that the documents for engineers name exist. */
final class NamesInDocsTest {
    private static final Path HOME = Path.of("..");

    /** A class name of two or more words; a single word is often not a class. */
    private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z]+(?:[A-Z][a-zA-Z]*)+)(?:\\.[a-zA-Z]+)?`");

    private static final Pattern FILE = Pattern.compile("`([a-z]+\\.(?:js|json))`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)\\)");

    @ParameterizedTest
    @ValueSource(strings = {"ARCHITECTURE.md", "CONTRIBUTING.md"})
    void classesAndFiles_exist(String document) throws IOException {
        String text = Files.readString(HOME.resolve(document));
        Set<String> files = sourceFiles();

        assertThat(found(CLASS, text).map(name -> name + ".java")).isNotEmpty().allMatch(files::contains);
        assertThat(found(FILE, text)).allMatch(files::contains);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "SECURITY.md",
        "docs/migrating.md",
        "docs/operations.md",
        "docs/troubleshooting.md",
        "docs/benchmarks.md",
        "docs/configuration.md",
        "docs/dashboard.md",
        "docs/http-engine.md",
        "docs/proofs.md"
    })
    void links_haveTargets(String document) throws IOException {
        Path file = HOME.resolve(document);

        assertThat(found(LINK, Files.readString(file))).isNotEmpty()
                .allMatch(link -> Files.exists(file.resolveSibling(link)));
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult match) -> match.group(1)).distinct();
    }

    private static Set<String> sourceFiles() throws IOException {
        try (Stream<Path> files = Files.walk(HOME)) {
            return files.map(Path::toString)
                    .filter(file -> file.contains("/src/"))
                    .map(file -> file.substring(file.lastIndexOf('/') + 1))
                    .collect(Collectors.toSet());
        }
    }
}
