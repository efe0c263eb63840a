package org.pocx.aggregator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pocx.aggregator.bench.JavaCommand;

class BenchJavaTest {
    private static final String PROPERTY = "-Dcom.sun.net.httpserver.HttpServerProvider=";

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource({"jdk, sun.net.httpserver.DefaultHttpServerProvider", "some.Provider, some.Provider"})
    void otherEngine_isAPropertyOfBothProcesses(String engine, String provider) {
        assertThat(BenchJava.command(engine, Optional.empty(), "").options()).contains(PROPERTY + provider);
    }

    @Test
    void ownEngine_needsNoProperty() {
        assertThat(BenchJava.command("own", Optional.empty(), "").options())
                .noneMatch(option -> option.startsWith(PROPERTY));
    }

    @Test
    void optionsOfTheProgram_areSplitAtSpaces() {
        assertThat(BenchJava.command("own", Optional.empty(), " -Xmx1g  -Xint ").programOptions())
                .containsExactly("-Xmx1g", "-Xint");
    }

    @Test
    void classPath_hasAbsolutePaths() {
        JavaCommand command = BenchJava.command("own", Optional.of("a.jar" + File.pathSeparator + "b.jar"), "");

        assertThat(command.classPath().split(File.pathSeparator))
                .contains(
                        Path.of("a.jar").toAbsolutePath().toString(),
                        Path.of("b.jar").toAbsolutePath().toString())
                .allSatisfy(entry -> assertThat(Path.of(entry)).isAbsolute());
    }

    @Test
    void fewDescriptors_reduceTheConnectionsWithAMessage() {
        int affordable = BenchJava.affordable(4_000, Optional.of(new FileDescriptors(1_024, 50)), stream());

        assertThat(affordable).isEqualTo(672);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("This process may have 1024 files open (ulimit -n): 672 connections will poll");
    }

    @Test
    void enoughDescriptors_changeNothing() {
        assertThat(BenchJava.affordable(4_000, Optional.of(new FileDescriptors(20_000, 50)), stream()))
                .isEqualTo(4_000);
        assertThat(BenchJava.affordable(4_000, Optional.empty(), stream())).isEqualTo(4_000);
        assertThat(err.size()).isZero();
    }

    private PrintStream stream() {
        return new PrintStream(err, true, StandardCharsets.UTF_8);
    }
}
