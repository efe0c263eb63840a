package org.pocx.aggregator.cli.doc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The log lines that the documents quote are in the code, and every warning of the code is in the troubleshooting. */
final class TroubleshootingDocTest {
    private static final Path HOME = Path.of("..");
    private static final List<String> MODULES =
            List.of("core", "statistics", "http", "protocol", "jdbc", "store", "postgresql", "dashboard", "cli");
    private static final Pattern KEY = Pattern.compile("[a-z]+(\\.[a-z_]+)+");

    @ParameterizedTest
    @ValueSource(strings = {"troubleshooting.md", "migrating.md", "operations.md"})
    void quotedLines_areInTheCode(String document) throws IOException {
        List<List<SourceText>> code = code();

        List<String> lines = lines(document);

        assertThat(lines).isNotEmpty();
        assertThat(lines).filteredOn(line -> code.stream().noneMatch(file -> isSaid(line, file))).isEmpty();
    }

    @Test
    void warningsOfTheCode_areQuoted() throws IOException {
        List<String> lines = lines("troubleshooting.md");
        List<SourceText> unquoted = new ArrayList<>();
        int warnings = 0;

        for (List<SourceText> file : code()) {
            List<String> said = lines.stream().filter(line -> isSaid(line, file)).toList();
            for (SourceText warning : file.stream().filter(SourceText::isWarning).toList()) {
                warnings++;
                if (said.stream().noneMatch(line -> warning.saysAny(LogLine.parse(line).parts()))) {
                    unquoted.add(warning);
                }
            }
        }

        assertThat(warnings).isGreaterThan(30);
        assertThat(unquoted).isEmpty();
    }

    @Test
    void line_isFoundOnlyWhereItIsSaid() {
        List<SourceText> file =
                SourceText.of("log.log(Level.WARNING, \"a \" // \"no\"\n + \"door of \" + x + \" is shut\" + y);"
                        + " String y = \"; knock\"; log.log(Level.INFO, \"the {0} is open\", x);");

        assertThat(isSaid("WARN  a door of … is shut…; knock", file)).isTrue();
        assertThat(isSaid("INFO  the … is open", file)).isTrue();
        assertThat(isSaid("INFO  a door of … is shut", file)).isFalse();
        assertThat(isSaid("… is shut … a door of …", file)).isFalse();
        assertThat(isSaid("a window … is open", file)).isFalse();
        assertThat(isSaid("a door is shut", file)).isFalse();
    }

    /** Compares the line as it is, and with placeholders for keys, because some messages name keys by constants. */
    private static boolean isSaid(String line, List<SourceText> file) {
        return LogLine.parse(line).isSaidBy(file)
                || LogLine.parse(KEY.matcher(line).replaceAll("…")).isSaidBy(file);
    }

    private static List<String> lines(String document) throws IOException {
        return LogLine.quoted(Files.readAllLines(HOME.resolve("docs").resolve(document)));
    }

    /** Returns the statements of each file. */
    private static List<List<SourceText>> code() throws IOException {
        List<List<SourceText>> code = new ArrayList<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(HOME.resolve("aggregator-" + module).resolve("src/main/java"))) {
                for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    code.add(SourceText.of(Files.readString(file)));
                }
            }
        }
        return code;
    }
}
