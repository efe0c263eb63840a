package org.pocx.aggregator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packages of a module have no cyclic dependencies. */
class PackageCyclesTest {
    private static final Pattern ARROW = Pattern.compile("(?m)^ +(org\\.pocx\\.\\S+) +-> (org\\.pocx\\.\\S+)");

    @ParameterizedTest
    @ValueSource(strings = {"core", "statistics", "protocol", "jdbc", "store", "postgresql", "dashboard", "simulator",
        "cli"})
    void packages_haveNoCycles(String module) {
        // The folder below that of module-info, as jdeps would want all that the module requires.
        Path classes = Path.of("..", "aggregator-" + module, "target", "classes", "org");
        assertThat(Files.isDirectory(classes)).as("%s is compiled", classes).isTrue();

        Map<String, Set<String>> arrows = arrows(classes);

        assertThat(arrows).isNotEmpty();
        assertThat(inCycles(arrows)).isEmpty();
    }

    @Test
    void cycle_isFound() {
        Map<String, Set<String>> arrows =
                new TreeMap<>(Map.of("a", Set.of("b", "d"), "b", Set.of("c"), "c", Set.of("a", "d"), "d", Set.of()));

        assertThat(inCycles(arrows)).containsOnlyKeys("a", "b", "c");
    }

    private static Map<String, Set<String>> arrows(Path classes) {
        StringWriter printed = new StringWriter();
        PrintWriter out = new PrintWriter(printed);
        ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
        int status = jdeps.run(out, out, "-verbose:package", "--ignore-missing-deps", classes.toString());
        assertThat(status).as("jdeps: %s", printed).isZero();

        Map<String, Set<String>> arrows = new TreeMap<>();
        for (MatchResult arrow : ARROW.matcher(printed.toString()).results().toList()) {
            arrows.computeIfAbsent(arrow.group(1), from -> new TreeSet<>()).add(arrow.group(2));
        }
        arrows.forEach((from, to) -> to.remove(from));
        return arrows;
    }

    /** Removes packages without dependencies again and again, and returns the others with their remaining dependencies. */
    private static Map<String, Set<String>> inCycles(Map<String, Set<String>> arrows) {
        Map<String, Set<String>> left = new TreeMap<>();
        arrows.forEach((from, to) -> left.put(from, new TreeSet<>(to)));
        boolean fewer = true;
        while (fewer) {
            left.values().forEach(to -> to.retainAll(left.keySet()));
            fewer = left.values().removeIf(Set::isEmpty);
        }
        return left;
    }
}
