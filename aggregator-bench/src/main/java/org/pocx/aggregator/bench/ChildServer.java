package org.pocx.aggregator.bench;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.pocx.aggregator.core.SubmissionMode;

/** A child process that serves at its own port: the program with its real store, or the floor. For one thread. */
final class ChildServer implements AutoCloseable, MeasuredLoad.Turns {
    private static final byte[] RESULT = AsciiBytes.of("\"result\"");
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final long RETRY_MILLIS = 2;
    private static final long STOP_SECONDS = 12;
    private static final int LAST_LINES = 20;

    private final Process process;
    private final Path output;
    private final MeasuredServer server;
    private final long startedAt;
    private Duration firstAnswer = Duration.ZERO;
    private boolean closed;

    private ChildServer(List<String> command, int port, Path folder) throws IOException {
        output = folder.resolve("output.txt");
        startedAt = System.nanoTime();
        process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        server = new MeasuredServer(Target.local(port), new ResourceUsage(OptionalLong.of(process.pid())));
    }

    /**
     * Starts the program with default settings and waits until it answers with mining info.
     *
     * @param folder for database and logs, empty
     */
    static ChildServer program(JavaCommand java, SubmissionMode mode, int upstreamPort, Path folder)
            throws IOException, InterruptedException {
        return program(java, mode, upstreamPort, folder, "");
    }

    /**
     * Starts the program as above, but with further settings.
     *
     * @param settings sections of the configuration, as YAML
     */
    static ChildServer program(
            JavaCommand java, SubmissionMode mode, int upstreamPort, Path folder, String settings)
            throws IOException, InterruptedException {
        return start(
                "the program",
                folder,
                port -> java.program("-c", configuration(folder, mode, port, upstreamPort, settings)));
    }

    /** Starts the floor. */
    static ChildServer floor(JavaCommand java, Path folder) throws IOException, InterruptedException {
        return start("the floor", folder, port -> java.floor(Integer.toString(port)));
    }

    private static String configuration(
            Path folder, SubmissionMode mode, int port, int upstreamPort, String settings) throws IOException {
        return Files.writeString(
                folder.resolve("bench.yaml"),
                """
                        listen_address: "127.0.0.1:%s"
                        upstream:
                          url: "http://127.0.0.1:%s/"
                          submission_mode: %s
                        dashboard:
                          enabled: true
                          listen_address: "127.0.0.1:%s"
                        """
                        .formatted(port, upstreamPort, mode.name().toLowerCase(Locale.ROOT), freePort())
                        + settings)
                .toString();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static ChildServer start(String name, Path folder, CommandAtPort command)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        int port = freePort();
        ChildServer child = new ChildServer(command.at(port), port, folder);
        try {
            child.awaitAnswer();
            return child;
        } catch (IOException e) {
            child.close();
            throw new IOException(name + " does not start: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            child.close();
            throw e;
        }
    }

    private void awaitAnswer() throws IOException, InterruptedException {
        while (!answers()) {
            boolean alive = process.isAlive();
            if (!alive || System.nanoTime() - startedAt > START_TIMEOUT.toNanos()) {
                throw new IOException(
                        (alive ? "no mining info within " + START_TIMEOUT.toSeconds() + " s" : "it has ended")
                                + "; the last lines that it printed:\n" + lastLines());
            }
            Thread.sleep(RETRY_MILLIS);
        }
        firstAnswer = Duration.ofNanos(System.nanoTime() - startedAt);
    }

    private boolean answers() {
        try (MinerConnection miner = new MinerConnection(server.target())) {
            return miner.ask(server.target().poll()).contains(RESULT);
        } catch (IOException e) {
            return false;
        }
    }

    private String lastLines() throws IOException {
        List<String> lines = Files.readString(output, StandardCharsets.UTF_8).lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    MeasuredServer server() {
        return server;
    }

    /** The time from the start of the process to its first mining info. */
    Duration firstAnswer() {
        return firstAnswer;
    }

    /** How the process ended, if that was not by {@link #close}; otherwise empty. */
    String unexpectedEnd() throws IOException {
        return closed || process.isAlive() ? "" : "\nIt has ended; the last lines that it printed:\n" + lastLines();
    }

    /** Whether {@link #end} can suspend a process on this system: by a signal. */
    static boolean canTakeTurns() {
        return File.separatorChar == '/';
    }

    /** Continues after {@link #end}. */
    @Override
    public void begin() throws IOException, InterruptedException {
        signal("CONT");
    }

    /** Suspends the process until {@link #begin}, so that it uses no processor time. */
    @Override
    public void end() throws IOException, InterruptedException {
        signal("STOP");
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).start().waitFor();
    }

    /** Terminates the process, by force if it does not end. Idempotent. */
    @Override
    public void close() {
        closed = true;
        process.destroy();
        boolean interrupted = Thread.interrupted();
        try {
            if (canTakeTurns() && process.isAlive()) {
                signal("CONT");
            }
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException | IOException e) {
            process.destroyForcibly();
            interrupted |= e instanceof InterruptedException;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private interface CommandAtPort {
        List<String> at(int port) throws IOException;
    }
}
