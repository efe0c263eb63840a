package org.pocx.aggregator.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.core.time.WallClock;

/** The launcher beside the packaged program, as an installed package has them, in a folder with a blank in its name. */
class LauncherIT {
    private static final Path JAR = Path.of(System.getProperty("pocx.jar"));
    private static final Path LAUNCHER = Path.of("..", "pocx-aggregator");

    @TempDir private Path folder;
    private Path home;

    @BeforeEach
    void install() throws IOException {
        assumeThat(Path.of("/bin/sh")).as("a shell, for the launcher").exists();
        home = Files.createDirectories(folder.resolve("my farm"));
        Files.createDirectories(home.resolve("lib"));
        Files.copy(LAUNCHER, home.resolve("pocx-aggregator"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.copy(JAR, program());
    }

    /** One test for all, as making an archive takes seconds. */
    @Test
    void startArchive_isMadeAndUsed_butNotWithOptionsAgainstItNorWithALaterProgram() throws Exception {
        assertThat(launch(Map.of("POCX_PREPARE", "1"))).isEmpty();
        assertThat(archive()).exists();

        assertThat(sourceOfMain()).contains("shared objects file");
        assertThat(launch(Map.of("JAVA_OPTS", "-Xshare:off"), "--version")).hasLineCount(1);
        assertThat(launch(Map.of("POCX_JAVA_OPTS", "-XX:-UseSerialGC -XX:+UseParallelGC"), "--version"))
                .hasLineCount(1);

        Files.setLastModifiedTime(program(), FileTime.from(WallClock.ofFiles().instant().plusSeconds(60)));
        assertThat(sourceOfMain()).contains("pocx-aggregator.jar");
    }

    @Test
    void archiveThatIsBroken_isPassedOverWithoutAWord() throws Exception {
        Files.write(archive(), new byte[100_000]);

        assertThat(launch(Map.of(), "--version")).startsWith("pocx-aggregator ").hasLineCount(1);
    }

    private Path program() {
        return home.resolve("lib/pocx-aggregator.jar");
    }

    private Path archive() {
        int version = Runtime.version().feature();
        return home.resolve("lib/pocx-aggregator-java" + version + (version >= 25 ? ".aot" : ".jsa"));
    }

    /** What the JVM says where it had the main class from. */
    private String sourceOfMain() throws Exception {
        // By its name alone: the launcher takes a blank in the path for the end of the option.
        launch(Map.of("POCX_JAVA_OPTS", "-Xlog:class+load:file=classes.txt"), "--version");
        return Files.readAllLines(folder.resolve("classes.txt")).stream()
                .filter(line -> line.contains(" org.pocx.aggregator.cli.Main "))
                .findFirst()
                .orElseThrow();
    }

    /** Runs the launcher to its good end. Returns all that it and the program said. */
    private String launch(Map<String, String> environment, String... arguments) throws Exception {
        Path said = Files.createTempFile(folder, "said", ".txt");
        ProcessBuilder builder = new ProcessBuilder(home.resolve("pocx-aggregator").toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.command().addAll(List.of(arguments));
        Surroundings.removeSettings(builder);
        builder.environment().remove("POCX_NO_BUILD");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process launched = builder.start();
        try {
            assertThat(launched.waitFor(300, TimeUnit.SECONDS)).as("ended").isTrue();
        } finally {
            launched.descendants().forEach(ProcessHandle::destroyForcibly);
            launched.destroyForcibly();
        }
        String words = Files.readString(said, StandardCharsets.UTF_8);
        assertThat(launched.exitValue()).as(words).isZero();
        return words;
    }
}
