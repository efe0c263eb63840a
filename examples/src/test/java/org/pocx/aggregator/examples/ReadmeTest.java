package org.pocx.aggregator.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.core.Aggregator;
import org.pocx.aggregator.core.upstream.Upstream;
import org.pocx.aggregator.protocol.AggregatorServer;

/** What the README says to those who embed the core. */
class ReadmeTest {
    private static final Path README = Path.of("..", "README.md");
    private static final Path SOURCES = Path.of("src/main/java/org/pocx/aggregator/examples");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CLASS = Pattern.compile("^public final class (\\w+)", Pattern.MULTILINE);

    private static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files.filter(file -> !file.endsWith("package-info.java")).toList();
        }
    }

    @Test
    void javaInTheReadme_compilesAsItIs_withTheCoreAlone_andAServerWithTheProtocol(@TempDir Path classes)
            throws Exception {
        List<String> programs = JAVA.matcher(Files.readString(README))
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(programs).isNotEmpty();
        for (String program : programs) {
            assertThat(compile(program, classes)).as("%s", program).isEmpty();
        }
    }

    /** Compiles a file and returns what the compiler says, or a word when there is no class in it. */
    private static String compile(String source, Path classes) throws IOException, URISyntaxException {
        Matcher type = CLASS.matcher(source);
        if (!type.find()) {
            return "no public class";
        }
        JavaFileObject file = new SourceFile(type.group(1), source);
        String libraries = source.contains("import org.pocx.aggregator.protocol.")
                ? locationOf(Aggregator.class) + File.pathSeparator + locationOf(AggregatorServer.class)
                : locationOf(Aggregator.class);
        List<String> options = List.of("-proc:none", "-classpath", libraries, "-d", classes.toString());
        StringWriter complaints = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
            boolean done = compiler.getTask(complaints, files, null, options, null, List.of(file))
                    .call();
            return done ? "" : "not compiled: " + complaints;
        }
    }

    private static String locationOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    }

    @Test
    void methodsOfAnUpstream_areAsManyAsTheReadmeSays() throws IOException {
        List<Method> methods = List.of(Upstream.class.getDeclaredMethods());

        assertThat(methods).filteredOn(Method::isDefault).hasSize(5);
        assertThat(methods).filteredOn(method -> !method.isDefault()).hasSize(2);
        assertThat(Files.readString(README))
                .contains("An `Upstream` of your own needs two methods; five others are optional.");
    }

    @Test
    void everyExample_isLinkedAndShort() throws IOException {
        String readme = Files.readString(README);

        assertThat(examples()).hasSize(5).allSatisfy(example -> {
            assertThat(readme).contains("(examples/" + example.toString().replace('\\', '/') + ")");
            assertThat(Files.readAllLines(example)).hasSizeLessThan(120);
        });
    }

    private static final class SourceFile extends SimpleJavaFileObject {
        private final String text;

        SourceFile(String type, String text) {
            super(URI.create("string:///" + type + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
