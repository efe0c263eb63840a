package org.pocx.aggregator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pocx.aggregator.core.testkit.Await;

/** The whole program in this JVM, with an unreachable upstream. */
@Timeout(180)
final class RunCommandTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir Path folder;

    private TestTerminal terminal;
    private int port;

    @BeforeEach
    void open() throws IOException {
        terminal = new TestTerminal(folder);
        port = freePort();
        configure("");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            return socket.getLocalPort();
        }
    }

    private void configure(String more) throws IOException {
        Files.writeString(
                folder.resolve("aggregator_config.yaml"),
                "listen_address: 127.0.0.1:%d\nupstream: {url: 'http://127.0.0.1:1/'}\nlogging: {file: ''}\n%s"
                        .formatted(port, more));
    }

    private CompletableFuture<Integer> start() {
        return CompletableFuture.supplyAsync(terminal::run);
    }

    private void awaitHealthy() {
        Await.until("it is healthy", () -> new TestTerminal(folder).run("healthcheck") == 0);
    }

    @Test
    void upstreamIsUnreachable_programServes() throws Exception {
        CompletableFuture<Integer> status = start();
        awaitHealthy();

        terminal.signal("TERM");
        assertThat(status.get(60, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void interrupted_shutsDownCleanly() throws Exception {
        CompletableFuture<Integer> status = start();
        awaitHealthy();

        terminal.signal("INT");
        assertThat(status.get(60, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void ended_portIsFreeAndDatabaseExists() throws Exception {
        CompletableFuture<Integer> status = start();
        awaitHealthy();
        terminal.signal("TERM");
        status.get(60, TimeUnit.SECONDS);

        new ServerSocket(port, 1, LOOPBACK).close();
        assertThat(folder.resolve("aggregator.db")).isNotEmptyFile();
    }

    @Test
    void stoppedWhileReadingTheConfiguration_shutsDownCleanly() throws Exception {
        configure("database: {path: '${DATABASE}'}");
        terminal.environment.put("DATABASE", "stopped.db");
        terminal.whileReading = () -> terminal.signal("TERM");

        assertThat(start().get(60, TimeUnit.SECONDS)).isZero();
        assertThat(folder.resolve("stopped.db")).doesNotExist();
    }

    @Test
    void realSignalWhileReadingTheConfiguration_exitsWithZero() throws Exception {
        configure("database: {path: '${DATABASE}'}");
        Process process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                StoppedProgram.class.getName())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile())
                .start();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("output.txt")))
                .isZero();
    }

    @Test
    void sighup_doesNotEndIt() throws Exception {
        CompletableFuture<Integer> status = start();
        awaitHealthy();

        terminal.signal("HUP");
        assertThat(status).isNotDone();
        terminal.signal("TERM");
        assertThat(status.get(60, TimeUnit.SECONDS)).isZero();
    }

    private void awaitControl() {
        Await.until("it takes commands", () -> Files.exists(folder.resolve("aggregator.db.control")));
    }

    @Test
    void reloadCommand_appliesTheConfigurationWithoutADashboard() throws Exception {
        CompletableFuture<Integer> status = start();
        awaitControl();
        configure("server: {max_connections: 17}\ndatabase: {retention_days: 8}");

        TestTerminal other = new TestTerminal(folder);
        assertThat(other.run("reload")).isZero();
        assertThat(other.out())
                .isEqualTo("database.retention_days has changed; this needs a restart\n"
                        + "Reloaded, applied: server.max_connections\n");
        terminal.signal("TERM");
        assertThat(status.get(60, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void reloadCommandWithAWrongConfiguration_namesTheLineAndChangesNothing() throws Exception {
        CompletableFuture<Integer> status = start();
        awaitControl();
        configure("server: {max_connections: many}");

        TestTerminal other = new TestTerminal(folder);
        assertThat(other.run("reload")).isEqualTo(2);
        assertThat(other.err()).contains("not reloaded", "aggregator_config.yaml:4: server.max_connections");
        terminal.signal("TERM");
        assertThat(status.get(60, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void reloadCommandWithAFileThatIsNotYaml_namesTheLine() throws Exception {
        configure("server: {max_connections: 1");
        assertThat(terminal.run("reload")).isEqualTo(2);
        assertThat(terminal.err()).contains("not reloaded", "aggregator_config.yaml:");
    }

    @Test
    void reloadCommandWithoutAProgram_isStatusOne() {
        assertThat(terminal.run("reload")).isEqualTo(1);
        assertThat(terminal.err()).contains("not reloaded", "aggregator.db", "Is it running").hasLineCount(1);
    }

    @Test
    void ended_leavesNoControlSocket() throws Exception {
        CompletableFuture<Integer> status = start();
        awaitControl();
        terminal.signal("TERM");
        assertThat(status.get(60, TimeUnit.SECONDS)).isZero();
        assertThat(folder.resolve("aggregator.db.control")).doesNotExist();
    }

    @Test
    void networksWithoutThisMachine_healthcheckAsksByTheControlSocket() throws Exception {
        configure("server: {allowed_networks: 10.0.0.0/8}");
        CompletableFuture<Integer> status = start();
        awaitControl();
        TestTerminal check = new TestTerminal(folder);
        assertThat(check.run("healthcheck")).as(check.err()).isZero();
        terminal.signal("TERM");
        assertThat(status.get(60, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void otherListenAddressInTheFile_healthcheckAsksTheRunningProgram() throws Exception {
        CompletableFuture<Integer> status = start();
        awaitControl();
        port = freePort();
        configure("");
        assertThat(new TestTerminal(folder).run("reload")).isZero();
        TestTerminal check = new TestTerminal(folder);
        assertThat(check.run("healthcheck")).as(check.err()).isZero();
        terminal.signal("TERM");
        assertThat(status.get(60, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void minerPortInUse_isOneLineAndStatusOne() throws IOException {
        try (ServerSocket holder = new ServerSocket(port, 1, LOOPBACK)) {
            assertThat(terminal.run()).isEqualTo(1);
        }
        assertThat(terminal.err())
                .isEqualTo("pocx-aggregator: cannot listen on 127.0.0.1:" + port
                        + ": the port is in use; stop the program that holds it, or choose another"
                        + " server.listen_address\n");
    }

    @Test
    void dashboardPortInUse_miningContinues() throws Exception {
        try (ServerSocket holder = new ServerSocket(0, 1, LOOPBACK)) {
            configure("dashboard: {listen_address: '127.0.0.1:%d'}".formatted(holder.getLocalPort()));
            CompletableFuture<Integer> status = start();
            awaitHealthy();
            terminal.signal("TERM");
            assertThat(status.get(60, TimeUnit.SECONDS)).isZero();
        }
    }

    @Test
    void dashboardConfigured_isServed() throws Exception {
        int dashboard = freePort();
        configure("dashboard: {listen_address: '127.0.0.1:%d'}".formatted(dashboard));
        CompletableFuture<Integer> status = start();
        awaitHealthy();

        Await.until("the dashboard listens", () -> accepts(dashboard));
        terminal.signal("TERM");
        assertThat(status.get(60, TimeUnit.SECONDS)).isZero();
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(LOOPBACK, port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void databaseIsDamaged_isOneLineAndStatusOne() throws IOException {
        Files.writeString(folder.resolve("aggregator.db"), "this is no database, it is a letter".repeat(100));

        assertThat(terminal.run()).isEqualTo(1);
        assertThat(terminal.err()).startsWith("pocx-aggregator: ").contains("aggregator.db").hasLineCount(1);
    }
}
