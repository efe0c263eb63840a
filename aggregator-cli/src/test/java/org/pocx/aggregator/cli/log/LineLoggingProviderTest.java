package org.pocx.aggregator.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tinylog.Level;

final class LineLoggingProviderTest {
    private static final StackTraceElement DRIVER =
            new StackTraceElement("org.sqlite.SQLiteJDBCLoader", "cleanup", "SQLiteJDBCLoader.java", 1);
    private static final StackTraceElement OTHER = new StackTraceElement("a.B", "c", "B.java", 1);

    @AfterEach
    void restoreLevel() {
        LineLoggingProvider.setLevel(Level.INFO);
    }

    private static boolean isHarmless(IOException thrown, StackTraceElement caller) {
        thrown.setStackTrace(new StackTraceElement[] {OTHER, caller});
        return LineLoggingProvider.isHarmless(thrown);
    }

    @Test
    void fileOfTheDriverDeletedByAnotherProcess_isHarmless() {
        assertThat(isHarmless(new NoSuchFileException("/tmp/a.so"), DRIVER)).isTrue();
    }

    @Test
    void otherErrors_areLogged() {
        assertThat(isHarmless(new AccessDeniedException("/tmp/a.so"), DRIVER)).isFalse();
        assertThat(isHarmless(new NoSuchFileException("/tmp/a.so"), OTHER)).isFalse();
        assertThat(LineLoggingProvider.isHarmless(null)).isFalse();
    }

    @Test
    void levelIsChanged_linesBelowItAreNotLogged() {
        LineLoggingProvider.setLevel(Level.WARN);

        assertThat(LineLoggingProvider.passes(Level.WARN)).isTrue();
        assertThat(LineLoggingProvider.passes(Level.INFO)).isFalse();
    }

    @Test
    void levelIsOff_nothingIsLogged() {
        LineLoggingProvider.setLevel(Level.OFF);

        assertThat(LineLoggingProvider.passes(Level.ERROR)).isFalse();
    }
}
