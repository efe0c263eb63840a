package org.pocx.aggregator.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.pocx.aggregator.core.testkit.Await;

/** The packaged program as a child process, in a folder of its own, with what it prints in a file. */
final class ChildProgram implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Path output;
    private final int port;

    private ChildProgram(Process process, Path output, int port) {
        this.process = process;
        this.output = output;
        this.port = port;
    }

    /** Starts the program with these arguments. */
    static ChildProgram start(Path folder, int port, String... arguments) throws IOException {
        return start(List.of(), folder, port, arguments);
    }

    private static ChildProgram start(List<String> options, Path folder, int port, String... arguments)
            throws IOException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString());
        builder.command().addAll(options);
        builder.command().addAll(List.of("-jar", System.getProperty("pocx.jar")));
        builder.command().addAll(List.of(arguments));
        Process process = builder.directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new ChildProgram(process, output, port);
    }

    /** As {@link #serving}, in a process that may have only so many files open. */
    static ChildProgram servingWith(int descriptors, Path folder, int port, String yaml) throws IOException {
        Path config = Files.writeString(folder.resolve("aggregator_config.yaml"), yaml);
        Path output = Files.createTempFile(folder, "output", ".txt");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String command = "ulimit -n " + descriptors + " && exec \"" + java + "\" -jar \""
                + System.getProperty("pocx.jar") + "\" -c \"" + config + "\"";
        Process process = new ProcessBuilder("sh", "-c", command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        ChildProgram child = new ChildProgram(process, output, port);
        Await.until("the aggregator serves; it printed: " + child.output(), child::isHealthy);
        return child;
    }

    /** As {@link #serving}, by the launcher, and so with the JVM's options that an operator's program has. */
    static ChildProgram servingByLauncher(Path folder, int port, String yaml) throws IOException {
        Path config = Files.writeString(folder.resolve("aggregator_config.yaml"), yaml);
        Path output = Files.createTempFile(folder, "output", ".txt");
        Path launcher = Path.of("..", "pocx-aggregator").toRealPath();
        ProcessBuilder builder = new ProcessBuilder(launcher.toString(), "-c", config.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("POCX_NO_BUILD", "1"); // it would find the jar that these tests are about
        Process process = builder.directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        ChildProgram child = new ChildProgram(process, output, port);
        Await.until("the aggregator serves; it printed: " + child.output(), child::isHealthy);
        return child;
    }

    /** As {@link #serving}, by somebody's own command, which becomes the program. */
    static ChildProgram servingBy(ProcessBuilder command, Path folder, int port) throws IOException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        ChildProgram child = new ChildProgram(command.redirectOutput(output.toFile()).start(), output, port);
        Await.until("the aggregator serves; it printed: " + child.output(), child::isHealthy);
        return child;
    }

    /** As {@link #serving}, with options for its Java. */
    static ChildProgram servingUnder(List<String> options, Path folder, int port, String yaml) throws IOException {
        Path config = Files.writeString(folder.resolve("aggregator_config.yaml"), yaml);
        ChildProgram child = start(options, folder, port, "-c", config.toString());
        Await.until("the aggregator serves; it printed: " + child.output(), child::isHealthy);
        return child;
    }

    /** Starts an aggregator whose configuration is this text, and waits until it serves. */
    static ChildProgram serving(Path folder, int port, String yaml) throws IOException {
        Path config = Files.writeString(folder.resolve("aggregator_config.yaml"), yaml);
        ChildProgram child = start(folder, port, "-c", config.toString());
        Await.until("the aggregator serves; it printed: " + child.output(), child::isHealthy);
        return child;
    }

    /** A port that nobody listens on. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean isHealthy() {
        if (!process.isAlive()) {
            throw new AssertionError("the program ended with status " + process.exitValue() + ": " + output());
        }
        try {
            return get("/health").statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri().resolve(path)).build());
    }

    HttpResponse<String> post(String body) {
        return send(HttpRequest.newBuilder(uri())
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .build());
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    JsonNode stats() {
        return json(get("/stats").body());
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Where it prints to. */
    Path outputFile() {
        return output;
    }

    /** All that it printed so far. */
    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the program ends by itself, and returns its exit status. */
    int awaitExit() throws InterruptedException {
        assertThat(process.waitFor(30, TimeUnit.SECONDS))
                .as("the program ends; it printed: %s", output())
                .isTrue();
        return process.exitValue();
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** SIGTERM; returns the exit status. */
    int terminate() throws InterruptedException {
        process.destroy();
        return awaitExit();
    }

    /** Sends a signal by its name, such as HUP. */
    void signal(String name) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start();
        assertThat(kill.waitFor()).isZero();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(Duration.ofSeconds(20).toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
