package org.pocx.aggregator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.pocx.aggregator.store.Fixtures.settings;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.core.store.StoreException;

class DatabaseLockTest {
    @TempDir Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("aggregator.db");
    }

    @Test
    void secondStoreInThisProcess_isRefused() {
        try (var store = SqliteSubmissionStore.open(settings(file))) {
            assertThat(catchThrowable(() -> SqliteSubmissionStore.open(settings(file))))
                    .isInstanceOf(StoreException.class)
                    .hasMessage(file + " is in use by another aggregator (pid "
                            + ProcessHandle.current().pid() + "): stop that one, or configure another database.path");
            assertThat(store.load(Fixtures.NOW)).isNotNull();
        }
    }

    @Test
    void sameFileByAnotherName_isRefused() throws Exception {
        SqliteSubmissionStore.open(settings(file)).close();
        Path link = Files.createSymbolicLink(folder.resolve("link.db"), file);
        try (var store = SqliteSubmissionStore.open(settings(file))) {
            assertThat(catchThrowable(() -> SqliteSubmissionStore.open(settings(link))))
                    .hasMessageContaining("is in use by another aggregator");
            assertThat(store.load(Fixtures.NOW)).isNotNull();
        }
    }

    @Test
    void closedStore_canBeOpenedAgain() {
        SqliteSubmissionStore.open(settings(file)).close();

        assertThat(catchThrowable(() -> SqliteSubmissionStore.open(settings(file)).close()))
                .isNull();
    }

    @Test
    void storeOfAnotherProcess_isRefusedUntilThatEnds() throws Exception {
        Process other = holdInAnotherProcess();
        try {
            assertThat(catchThrowable(() -> SqliteSubmissionStore.open(settings(file))))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("(pid " + other.pid() + ")");
        } finally {
            other.destroyForcibly();
        }
        assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();

        SqliteSubmissionStore.open(settings(file)).close();
    }

    @Test
    void rejectedAttempt_doesNotReleaseTheLock() throws Exception {
        try (var store = SqliteSubmissionStore.open(settings(file))) {
            assertThat(catchThrowable(() -> SqliteSubmissionStore.open(settings(file)))).isNotNull();

            Process other = holdInAnotherProcess();
            assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(other.exitValue()).isEqualTo(Holder.REFUSED);
            assertThat(store.load(Fixtures.NOW)).isNotNull();
        }
    }

    /** Returns when that process holds the lock or was rejected. */
    private Process holdInAnotherProcess() throws IOException {
        Process process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        String line = said.readLine();
        assertThat(line).isIn("holds", "refused");
        return process;
    }

    /** Holds a database until it is killed. */
    static final class Holder {
        static final int REFUSED = 3;

        private Holder() {}

        public static void main(String[] arguments) throws IOException {
            try (var store = SqliteSubmissionStore.open(settings(Path.of(arguments[0])))) {
                System.out.println("holds");
                int end = System.in.read();
                store.close();
                System.exit(Math.max(end, 0));
            } catch (StoreException e) {
                System.out.println("refused");
                System.exit(REFUSED);
            }
        }
    }
}
