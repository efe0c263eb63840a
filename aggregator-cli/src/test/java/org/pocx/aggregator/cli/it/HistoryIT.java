package org.pocx.aggregator.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pocx.aggregator.core.testkit.Heavy;

/**
 * The packaged program with a history of another aggregator. With {@code -Pheavy} there are a million rows, and it is measured
 * how long a start takes and what a miner feels while old rows go: the figures go to {@code target/history.txt}.
 */
class HistoryIT {
    private static final int ROWS = 5_000;
    private static final int MILLION = 1_000_000;
    private static final Path FIGURES = Path.of("target", "history.txt");

    /** What a start may take, on a machine that starts the program without history in the second that it should. */
    private static final double START_SECONDS = 3;

    @TempDir private Path folder;

    @Test
    void longHistory_isThereFromTheStart() throws Exception {
        HistoryDatabase.create(folder.resolve("aggregator.db"), ROWS, 10, 20, 0);
        int port = ChildProgram.freePort();

        try (ChildProgram program = ChildProgram.serving(folder, port, config(port, ChildProgram.freePort(), 0))) {
            assertThat(program.stats().at("/uniqueMiners").asInt()).isEqualTo(10);
            assertThat(program.stats().at("/uniqueMachines").asInt()).isEqualTo(20);
            assertThat(program.terminate()).isZero();
        }
    }

    @Heavy
    @ParameterizedTest(name = "{0} accounts, {1} machines each")
    @CsvSource({"1, 1", "10, 20", "1000, 1", "100, 100", "10000, 1"})
    void longHistory_startsSoon(int accounts, int machines) throws Exception {
        double without = secondsToStart(Files.createDirectory(folder.resolve("empty")));
        HistoryDatabase.create(folder.resolve("aggregator.db"), MILLION, accounts, machines, 0);

        double with = secondsToStart(folder);

        tell("start, %d rows of %d accounts with %d machines: %.2f s (without history %.2f s)"
                .formatted(MILLION, accounts, machines, with, without));
        assertThat(with).isLessThan(START_SECONDS * Math.max(1, without));
    }

    /** From the start of the process to the first answer at its miner port. */
    private static double secondsToStart(Path folder) throws Exception {
        int port = ChildProgram.freePort();
        long begun = System.nanoTime();
        try (ChildProgram program = ChildProgram.serving(folder, port, config(port, ChildProgram.freePort(), 0))) {
            double seconds = (System.nanoTime() - begun) / 1e9;
            assertThat(program.terminate()).isZero();
            return seconds;
        }
    }

    @Test
    void oldRowsGo_noncesHaveTheirReceipts() throws Exception {
        Path database = folder.resolve("aggregator.db");
        HistoryDatabase.create(database, ROWS, 10, 20, ROWS / 2);

        assertThat(millisOfSubmissions(folder, 1)).isNotEmpty();

        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet old = statement.executeQuery(
                        "SELECT count(*) FROM submissions WHERE height < 1990000")) {
            assertThat(old.getInt(1)).isZero();
        }
    }

    @Test
    @Heavy
    void oldRowsGo_minersHardlyNotice() throws Exception {
        List<Double> without = millisOfSubmissions(Files.createDirectory(folder.resolve("fresh")), 0);
        HistoryDatabase.create(folder.resolve("aggregator.db"), MILLION, 10, 20, MILLION / 2);

        List<Double> with = millisOfSubmissions(folder, 1);

        tell("submit_nonce, old rows being deleted from %d: %s; without: %s"
                .formatted(MILLION, summary(with), summary(without)));
        assertThat(quantile(with, 1)).isLessThan(4_000);
    }

    /** Improvements, one after the other, each of which is made durable; until old rows are gone, or for 3 s. */
    private static List<Double> millisOfSubmissions(Path folder, int retentionDays) throws Exception {
        int port = ChildProgram.freePort();
        try (ScriptedUpstream upstream = new ScriptedUpstream(0, Submissions.INFO, Submissions.ACCEPTED);
                ChildProgram program =
                        ChildProgram.serving(folder, port, config(port, upstream.uri().getPort(), retentionDays))) {
            List<Double> millis = new ArrayList<>();
            long begun = System.nanoTime();
            do {
                long sent = System.nanoTime();
                assertThat(program.post(Submissions.improvement(millis.size())).body()).contains("\"result\"");
                millis.add((System.nanoTime() - sent) / 1e6);
            } while (millis.size() < 100_000 && !isOver(program, retentionDays, begun));
            assertThat(isOver(program, retentionDays, begun)).isTrue();
            assertThat(program.terminate()).isZero();
            return millis;
        }
    }

    private static boolean isOver(ChildProgram program, int retentionDays, long begun) {
        return retentionDays == 0
                ? System.nanoTime() - begun > Duration.ofSeconds(3).toNanos()
                : program.output().contains("old rows of");
    }

    private static String summary(List<Double> millis) {
        return "%d of them, p50 %.1f ms, p99 %.1f ms, max %.1f ms"
                .formatted(millis.size(), quantile(millis, 0.5), quantile(millis, 0.99), quantile(millis, 1));
    }

    private static double quantile(List<Double> millis, double part) {
        List<Double> sorted = millis.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1L, (long) (part * sorted.size())));
    }

    private static void tell(String figures) throws IOException {
        Files.writeString(
                FIGURES,
                figures + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private static String config(int port, int upstreamPort, int retentionDays) throws IOException {
        return """
                listen_address: "127.0.0.1:%d"
                upstream:
                  url: "http://127.0.0.1:%d/"
                database:
                  retention_days: %d
                dashboard:
                  listen_address: "127.0.0.1:%d"
                logging:
                  level: info
                """
                .formatted(port, upstreamPort, retentionDays, ChildProgram.freePort());
    }
}
