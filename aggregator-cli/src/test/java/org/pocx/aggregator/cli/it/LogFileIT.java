package org.pocx.aggregator.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.core.testkit.Await;

/** The log file of the packaged program, as an operator and his tools treat it. */
class LogFileIT {
    @TempDir private Path folder;

    /** What logrotate does: moves the file away, signals, and then compresses what it moved. */
    @Test
    void fileMovedAwayAndHangUp_goesOnInANewFile() throws Exception {
        int port = ChildProgram.freePort();
        Path log = folder.resolve("farm.log");
        try (ChildProgram program = serving(port)) {
            Await.until("the first line", () -> linesOf(log).stream().anyMatch(line -> line.contains("miners at")));
            Path moved = Files.move(log, folder.resolve("farm.log-20261122"));

            program.hangUp();

            Await.until("the new file", () -> Files.exists(log));
            Await.until("all that is said about it", () -> linesOf(log).stream()
                    .anyMatch(line -> line.contains("The configuration was reloaded (SIGHUP)")));
            int before = linesOf(moved).size();
            assertThat(program.get("/health").statusCode()).isEqualTo(200);
            assertThat(program.terminate()).isZero();
            assertThat(linesOf(moved)).hasSize(before);
            assertThat(linesOf(log)).last().asString().endsWith("Stopped");
        }
    }

    @Test
    void linesOfTheFile_areThoseOfTheConsoleWithTimeAndZone() throws Exception {
        int port = ChildProgram.freePort();
        try (ChildProgram program = serving(port)) {
            program.terminate();
            assertThat(program.output()).isEqualTo(Files.readString(folder.resolve("farm.log")));
            assertThat(program.output().lines())
                    .allMatch(line -> line.matches(
                            "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}[+-]\\d\\d:\\d\\d [A-Z]+ .+"));
        }
    }

    @Test
    void refusalAtStart_isInTheFileAndOnceOnTheConsole() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            Files.writeString(folder.resolve("farm.yaml"), config(port));
            try (ChildProgram program = ChildProgram.start(folder, port, "-c", "farm.yaml")) {
                assertThat(program.awaitExit()).isEqualTo(1);
                assertThat(program.output().lines().filter(line -> line.contains("127.0.0.1:" + port)))
                        .hasSize(1);
                assertThat(linesOf(folder.resolve("farm.log")))
                        .last()
                        .asString()
                        .contains("ERROR Not started: ")
                        .contains("127.0.0.1:" + port);
            }
        }
    }

    /** At noon, lest midnight rotate the file. */
    private ChildProgram serving(int port) throws IOException {
        return ChildProgram.servingUnder(
                List.of("-Duser.timezone=" + TestClock.zoneAtNoon()), folder, port, config(port));
    }

    private static List<String> linesOf(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }

    private static String config(int port) throws IOException {
        return """
                listen_address: "127.0.0.1:%d"
                upstream:
                  url: "http://127.0.0.1:%d/"
                logging:
                  file: farm.log
                """
                .formatted(port, ChildProgram.freePort());
    }
}
