package org.pocx.aggregator.http.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The documentation lists what the JDK's engine fails. */
class HttpEngineDocTest {
    private static final Path DOC = Path.of("..", "docs", "http-engine.md");
    private static final Pattern ROW = Pattern.compile("\\| ([0-9]+) \\| `(\\w+)` \\|$", Pattern.MULTILINE);

    @Test
    void rowsOfTheTable_areTheExpectedFailures() throws IOException {
        Map<String, Integer> documented = new TreeMap<>();
        for (Matcher row = ROW.matcher(Files.readString(DOC)); row.find();) {
            documented.put(row.group(2), Integer.valueOf(row.group(1)));
        }
        Map<String, Integer> expected = new TreeMap<>();
        JdkEngineConformanceTest.FAILS.forEach((test, cases) -> expected.put(test, Math.max(1, cases.size())));

        assertThat(documented).isEqualTo(expected);
    }
}
