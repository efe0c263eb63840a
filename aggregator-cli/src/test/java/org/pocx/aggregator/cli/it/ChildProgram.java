package org.pocx.aggregator.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.pocx.aggregator.core.testkit.Await;

/** The packaged program as a child process, in a folder of its own, with what it prints in a file. */
final class ChildProgram implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger PORTS = new AtomicInteger();

    private static final List<String> QUICK_START = quickStart();

    private final Process process;
    private final Path output;
    private final int port;

    private ChildProgram(Process process, Path output, int port) {
        this.process = process;
        this.output = output;
        this.port = port;
    }

    /**
     * By the start archive of the build, which costs a third of a plain start; with the options that it was made with, and those
     * of all JVMs of the tests.
     */
    private static List<String> quickStart() {
        int version = Runtime.version().feature();
        String archive = System.getProperty("pocx.jar").replaceFirst("\\.jar$", "-java" + version);
        List<String> options = new ArrayList<>(
                List.of("-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UseCompactObjectHeaders",
                        "--enable-native-access=ALL-UNNAMED"));
        options.addAll(List.of(System.getProperty("pocx.test.java", "-XX:+UseSerialGC").split(" ")));
        options.addAll(
                version >= 25
                        ? List.of("-XX:AOTCache=" + archive + ".aot", "-Xlog:aot=off", "-Xlog:cds=off")
                        : List.of("-XX:SharedArchiveFile=" + archive + ".jsa", "-Xlog:cds=off"));
        return options;
    }

    /** Starts the program with these arguments. */
    static ChildProgram start(Path folder, int port, String... arguments) throws IOException {
        return launch(java(List.of(), folder, arguments), folder, port);
    }

    /** Starts an aggregator whose configuration is this text, and waits until it serves. */
    static ChildProgram serving(Path folder, int port, String yaml) throws IOException {
        return servingUnder(List.of(), folder, port, yaml);
    }

    /** As {@link #serving}, with options for its Java. */
    static ChildProgram servingUnder(List<String> options, Path folder, int port, String yaml) throws IOException {
        return servingBy(java(options, folder, "-c", configured(folder, yaml)), folder, port);
    }

    /** As {@link #servingUnder}, with environment variables, each as NAME=VALUE. */
    static ChildProgram servingIn(
            List<String> environment, List<String> options, Path folder, int port, String yaml) throws IOException {
        ProcessBuilder command = in(folder, "env");
        command.command().addAll(environment);
        command.command().addAll(java(options, folder, "-c", configured(folder, yaml)).command());
        return servingBy(command, folder, port);
    }

    /** As {@link #serving}, in a process that may have only so many files open. */
    static ChildProgram servingWith(int descriptors, Path folder, int port, String yaml) throws IOException {
        ProcessBuilder limited = in(folder, "sh", "-c", "ulimit -n " + descriptors + " && exec \"$@\"", "sh");
        limited.command().addAll(java(List.of(), folder, "-c", configured(folder, yaml)).command());
        return servingBy(limited, folder, port);
    }

    /** As {@link #serving}, by the launcher, and so with the JVM's options that an operator's program has. */
    static ChildProgram servingByLauncher(Path folder, int port, String yaml) throws IOException {
        Path launcher = Path.of("..", "pocx-aggregator").toRealPath();
        ProcessBuilder command = in(folder, launcher.toString(), "-c", configured(folder, yaml));
        command.environment().put("JAVA_HOME", System.getProperty("java.home"));
        command.environment().put("POCX_NO_BUILD", "1"); // it would find the jar that these tests are about
        return servingBy(command, folder, port);
    }

    /** As {@link #serving}, by somebody's own command, which becomes the program. */
    static ChildProgram servingBy(ProcessBuilder command, Path folder, int port) throws IOException {
        ChildProgram child = launch(command, folder, port);
        try {
            Await.until("the aggregator serves", child::isHealthy);
            return child;
        } catch (AssertionError late) {
            child.close();
            throw new AssertionError("it does not serve; it printed: " + child.output(), late);
        }
    }

    private static ChildProgram launch(ProcessBuilder command, Path folder, int port) throws IOException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        return new ChildProgram(Surroundings.startWithout(command.redirectOutput(output.toFile())), output, port);
    }

    private static ProcessBuilder java(List<String> options, Path folder, String... arguments) {
        ProcessBuilder java = in(
                folder, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        java.command().add(TestClock.OPTION);
        java.command().addAll(QUICK_START);
        java.command().addAll(options);
        java.command().addAll(List.of("-jar", System.getProperty("pocx.jar")));
        java.command().addAll(List.of(arguments));
        return java;
    }

    private static ProcessBuilder in(Path folder, String... command) {
        return new ProcessBuilder(new ArrayList<>(List.of(command)))
                .directory(folder.toFile())
                .redirectErrorStream(true);
    }

    /** Writes the configuration, and returns where it is. */
    private static String configured(Path folder, String yaml) throws IOException {
        return Files.writeString(folder.resolve("aggregator_config.yaml"), yaml).toString();
    }

    /**
     * A port that nobody listens on, and that no other test was given: neither of this JVM nor of another one that runs tests,
     * of this build or another. It is below those that the system gives to whoever wants any.
     */
    static int freePort() throws IOException {
        int port;
        do {
            port = PortBlock.FIRST + Math.floorMod(PORTS.getAndIncrement(), PortBlock.SIZE);
        } while (!isFree(port));
        return port;
    }

    /** The ports that this JVM alone gives to its tests: the one before them stays bound as long as it lives. */
    private static final class PortBlock {
        static final int SIZE = 499;

        private static final ServerSocket CLAIM = claim();

        static final int FIRST = CLAIM.getLocalPort() + 1;

        private static ServerSocket claim() {
            for (int port = 10_000; port < 32_000; port += SIZE + 1) {
                try {
                    return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                } catch (IOException taken) {
                    // The next block, then.
                }
            }
            throw new AssertionError("all blocks of ports are taken");
        }
    }

    private static boolean isFree(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (BindException taken) {
            return false;
        }
    }

    private boolean isHealthy() {
        if (!process.isAlive()) {
            throw new AssertionError("the program ended with status " + process.exitValue());
        }
        try {
            return get("/health").statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** Waits until it has mining info and can write. */
    void awaitReady() {
        Await.until("it is ready", () -> get("/ready").statusCode() == 200);
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
        assertThat(process.waitFor(5, TimeUnit.MINUTES))
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

    /** SIGHUP; where no program can hear that, the test is skipped. */
    void hangUp() throws Exception {
        Surroundings.assumeHangUpIsHeard();
        signal("HUP");
    }

    /** Sends a signal by its name, such as TERM: by the shell, as procps' own kill knows few names in Turkish. */
    void signal(String name) throws Exception {
        Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).inheritIO().start();
        assertThat(kill.waitFor()).isZero();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(Duration.ofMinutes(5).toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
