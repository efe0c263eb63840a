package org.pocx.aggregator.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The packaged program with a long history: how long it takes to start, and what a miner feels while old rows go. With
 * {@code -Pheavy} there are a million rows. The figures go to {@code target/history.txt}.
 */
class HistoryIT {
    private static final int ROWS = Boolean.getBoolean("pocx.heavy") ? 1_000_000 : 50_000;
    private static final Path FIGURES = Path.of("target", "history.txt");

    /** What a start may take, on a machine that starts the program without history in the second that it should. */
    private static final double START_SECONDS = 3;

    @TempDir private Path folder;

    @ParameterizedTest(name = "{0} accounts, {1} machines each")
    @CsvSource({"1, 1", "10, 20", "1000, 1", "100, 100", "10000, 1"})
    void longHistory_startsSoon(int accounts, int machines) throws Exception {
        double without = secondsToStart(Files.createDirectory(folder.resolve("empty")));
        HistoryDatabase.create(folder.resolve("aggregator.db"), ROWS, accounts, machines, 0);

        double with = secondsToStart(folder);

        tell("start, %d rows of %d accounts with %d machines: %.2f s (without history %.2f s)"
                .formatted(ROWS, accounts, machines, with, without));
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
    void oldRowsGo_minersHardlyNotice() throws Exception {
        List<Double> without = millisOfSubmissions(Files.createDirectory(folder.resolve("fresh")), 0);
        HistoryDatabase.create(folder.resolve("aggregator.db"), ROWS, 10, 20, ROWS / 2);

        List<Double> with = millisOfSubmissions(folder, 1);

        tell("submit_nonce, old rows being deleted from %d: %s; without: %s"
                .formatted(ROWS, summary(with), summary(without)));
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
            for (int i = 0; i < 100_000 && !isOver(program, retentionDays, begun); i++) {
                long sent = System.nanoTime();
                assertThat(program.post(Submissions.improvement(i)).body()).contains("\"result\"");
                millis.add((System.nanoTime() - sent) / 1e6);
            }
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

    private static String config(int port, int upstreamPort, int retentionDays) {
        return """
                listen_address: "127.0.0.1:%d"
                upstream:
                  url: "http://127.0.0.1:%d/"
                database:
                  retention_days: %d
                logging:
                  level: info
                """
                .formatted(port, upstreamPort, retentionDays);
    }
}
