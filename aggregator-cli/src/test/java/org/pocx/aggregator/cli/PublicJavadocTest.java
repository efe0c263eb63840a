package org.pocx.aggregator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a library module exports is documented. That what is there builds is the compiler's business, see the POM; this is
 * about what is missing: a comment anywhere, and at the ports, which strangers implement, a parameter or a result.
 */
class PublicJavadocTest {
    private static final List<String> MODULES = List.of("core", "protocol", "store", "dashboard");
    private static final Set<String> PORTS = Set.of(
            "FarmHistory.java",
            "MiningInfoCache.java",
            "MiningInfoOutcome.java",
            "MiningService.java",
            "RetryPolicy.java",
            "Scheduler.java",
            "StoreChange.java",
            "SubmissionFilter.java",
            "SubmissionStore.java",
            "SubmitOutcome.java",
            "Upstream.java",
            "UpstreamTrouble.java");
    private static final Pattern EXPORTS = Pattern.compile("exports ([a-z.]+);");

    @TempDir Path classes;

    @Test
    void whatIsExported_isDocumented() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Diagnostic<? extends JavaFileObject> found : doclint(sources())) {
            String words = found.getMessage(Locale.ENGLISH);
            String file = Path.of(found.getSource().getName()).getFileName().toString();
            boolean unexplained = words.contains("no @param") || words.contains("no @return");
            if (words.contains("no comment") || (unexplained && PORTS.contains(file))) {
                missing.add(file + ":" + found.getLineNumber() + ": " + words);
            }
        }

        assertThat(missing).isEmpty();
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String module : MODULES) {
            Path root = Path.of("..", "aggregator-" + module, "src", "main", "java");
            List<String> packages = EXPORTS.matcher(Files.readString(root.resolve("module-info.java")))
                    .results()
                    .map(exported -> exported.group(1))
                    .toList();
            for (String name : packages) {
                try (Stream<Path> files = Files.list(root.resolve(name.replace('.', '/')))) {
                    files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
                }
            }
        }
        assertThat(sources.stream().map(file -> file.getFileName().toString())).containsAll(PORTS);
        return sources;
    }

    /** Compiles them once more, with the compiler's look for what is missing. */
    private List<Diagnostic<? extends JavaFileObject>> doclint(List<Path> sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        Locale usual = Locale.getDefault();
        Locale.setDefault(Locale.ENGLISH); // doclint's words are all that tells one finding from another
        try (StandardJavaFileManager files = compiler.getStandardFileManager(found, null, null)) {
            List<String> options = List.of(
                    "-proc:none",
                    "-Xdoclint:missing/protected",
                    "-Xmaxwarns",
                    "10000",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-d",
                    classes.toString());
            boolean compiled = compiler.getTask(
                    null, files, found, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            assertThat(compiled).as("they compile").isTrue();
        } finally {
            Locale.setDefault(usual);
        }
        return found.getDiagnostics();
    }
}
