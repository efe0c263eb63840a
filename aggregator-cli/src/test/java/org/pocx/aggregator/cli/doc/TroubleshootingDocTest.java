package org.pocx.aggregator.cli.doc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents quote of the log is what the code says, and all that it warns of is in the troubleshooting. */
final class TroubleshootingDocTest {
    private static final Path HOME = Path.of("..");
    private static final List<String> MODULES = List.of("core", "protocol", "store", "dashboard", "cli");
    private static final int FEW_LETTERS = 8;

    @ParameterizedTest
    @ValueSource(strings = {"troubleshooting.md", "migrating.md", "operations.md"})
    void quotedLines_areInTheCode(String document) throws IOException {
        List<SourceText> code = code();

        List<LogLine> lines = lines(document);

        assertThat(lines).isNotEmpty().allMatch(line -> code.stream().anyMatch(statement -> statement.says(line)));
    }

    @Test
    void warningsOfTheCode_areQuoted() throws IOException {
        List<LogLine> lines = lines("troubleshooting.md");

        List<SourceText> warnings = code().stream()
                .filter(statement -> statement.level().equals("WARN") || statement.level().equals("ERROR"))
                .filter(statement -> statement.words().stream().anyMatch(word -> word.length() > FEW_LETTERS))
                .toList();

        assertThat(warnings).hasSizeGreaterThan(30).allMatch(warning -> lines.stream().anyMatch(warning::says));
    }

    @Test
    void line_isFoundOnlyInTheStatementThatSaysIt() {
        List<SourceText> code = SourceText.of("log.log(Level.WARNING, \"a \" // \"no\"\n + \"door of \" + x + \" is; shut\");"
                + " log.log(Level.INFO, \"the {0} is open\", x);");

        assertThat(code).hasSize(2);
        assertThat(code.getFirst().says(new LogLine("WARN", List.of("a door of ", " is; shut")))).isTrue();
        assertThat(code.getFirst().says(new LogLine("INFO", List.of("a door of ", " is; shut")))).isFalse();
        assertThat(code.getFirst().says(new LogLine("", List.of(" is; shut", "a door of ")))).isFalse();
        assertThat(code.getFirst().says(new LogLine("", List.of("a door of is; shut")))).isFalse();
        assertThat(code.getLast().says(new LogLine("INFO", List.of("the ", " is open")))).isTrue();
    }

    private static List<LogLine> lines(String document) throws IOException {
        return LogLine.of(Files.readAllLines(HOME.resolve("docs").resolve(document)));
    }

    private static List<SourceText> code() throws IOException {
        try (Stream<SourceText> statements = MODULES.stream().flatMap(TroubleshootingDocTest::sources)) {
            return statements.toList();
        }
    }

    private static Stream<SourceText> sources(String module) {
        Path sources = HOME.resolve("aggregator-" + module).resolve("src/main/java");
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(file -> SourceText.of(read(file)).stream())
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
