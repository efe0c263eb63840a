package org.pocx.aggregator.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program in docs/proofs.md compiles with this library alone, and finds the claim that is true. */
class ProofsDocTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "proofs.md");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @TempDir Path classes;

    @Test
    void programInTheDocument_findsTheTrueClaim() throws Exception {
        Matcher program = JAVA.matcher(Files.readString(DOCUMENT));
        assertThat(program.find()).isTrue();

        assertThat(compile(program.group(1))).isEmpty();
        assertThat(run()).startsWith("Optional[Claim[").contains("nonce=0, ", "rawQuality=4982342310631687310");
    }

    private String compile(String source) throws Exception {
        Path library = Path.of(PocxProof.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<String> options = List.of("-proc:none", "-classpath", library.toString(), "-d", classes.toString());
        StringWriter complaints = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
            boolean done = compiler.getTask(complaints, files, null, options, null, List.of(new DocumentSource(source)))
                    .call();
            return done ? "" : "not compiled: " + complaints;
        }
    }

    private String run() throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            loader.loadClass("BestClaim").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    private static final class DocumentSource extends SimpleJavaFileObject {
        private final String source;

        DocumentSource(String source) {
            super(URI.create("string:///BestClaim.java"), JavaFileObject.Kind.SOURCE);
            this.source = source;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
        }
    }
}
