package org.pocx.aggregator.simulator.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;
import org.pocx.aggregator.protocol.jsonrpc.RpcRequests;

/**
 * Everything that scenes play on: the upstream, the program or another aggregator, and the floor. What is opened is closed
 * in the reverse order.
 *
 * <p>For one thread.
 */
final class Stage implements AutoCloseable {
    private static final Duration OTHER_FOLLOWS_WITHIN = Duration.ofSeconds(40);
    private static final long ASK_AGAIN_MILLIS = 200;

    private final BenchSettings settings;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final List<Subject> subjects = new ArrayList<>();
    private final NoncePlan nonces = new NoncePlan();
    private final Path folder;
    private final ConstantUpstream upstream;
    private final Server program;
    private final Server floor;
    private int children;

    private Stage(BenchSettings settings) throws IOException, InterruptedException {
        this.settings = settings;
        folder = Files.createTempDirectory("pocx-bench-");
        opened.push(() -> delete(folder));
        try {
            upstream = new ConstantUpstream(settings.upstreamPort().orElse(0));
            opened.push(upstream);
            floor = openFloor().server();
            program = settings.other().isPresent()
                    ? other(settings.other().get())
                    : openProgram().server();
        } catch (IOException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    static Stage set(BenchSettings settings) throws IOException, InterruptedException {
        return new Stage(settings);
    }

    private Server other(BenchSettings.Other other) throws IOException, InterruptedException {
        Server server = new Server(Target.of(other.url()), new Vitals(other.pid()));
        byte[] question = server.target().request(RpcRequests.getMiningInfo(RpcId.of(1)));
        byte[] round = Bytes.ascii(upstream.round().info().blockHash());
        long begun = System.nanoTime();
        try (Probe probe = new Probe(server.target())) {
            while (settings.ownsUpstream() && !probe.ask(question).contains(round)) {
                if (System.nanoTime() - begun > OTHER_FOLLOWS_WITHIN.toNanos()) {
                    throw new IOException(
                            other.shownUrl() + " does not give the mining info of the benchmark's upstream;"
                                    + " is its upstream http://127.0.0.1:" + upstream.port() + "/?");
                }
                Thread.sleep(ASK_AGAIN_MILLIS);
            }
        } catch (IOException e) {
            throw new IOException("cannot measure " + other.shownUrl() + ": " + e.getMessage(), e);
        }
        return server;
    }

    /** Another process of the program, with a store of its own, until the stage closes or it is closed. */
    Subject openProgram() throws IOException, InterruptedException {
        try {
            return opened(Subject.program(settings.java(), upstream.port(), nextFolder()));
        } catch (IOException e) {
            throw new IOException("the program does not start: " + e.getMessage(), e);
        }
    }

    /** Another process of the floor. */
    Subject openFloor() throws IOException, InterruptedException {
        try {
            return opened(Subject.floor(settings.java(), nextFolder()));
        } catch (IOException e) {
            throw new IOException("the floor does not start: " + e.getMessage(), e);
        }
    }

    private Subject opened(Subject subject) {
        opened.push(subject);
        subjects.add(subject);
        return subject;
    }

    private Path nextFolder() {
        return folder.resolve("child-" + children++);
    }

    /** The last words of those processes that ended by themselves. */
    String obituaries() throws IOException {
        StringBuilder words = new StringBuilder();
        for (Subject subject : subjects) {
            words.append(subject.obituary());
        }
        return words.toString();
    }

    BenchSettings settings() {
        return settings;
    }

    Path folder() {
        return folder;
    }

    NoncePlan nonces() {
        return nonces;
    }

    /** Of use only where {@link BenchSettings#ownsUpstream}. */
    ConstantUpstream upstream() {
        return upstream;
    }

    Server program() {
        return program;
    }

    Server floor() {
        return floor;
    }

    /** Ends the processes and deletes their folders. Idempotent. */
    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                System.getLogger(Stage.class.getName()).log(System.Logger.Level.WARNING, "Left over: " + e);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(Stage::deleteFile);
        } catch (UncheckedIOException e) {
            throw new IOException(folder + " could not be deleted", e);
        }
    }

    private static void deleteFile(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
