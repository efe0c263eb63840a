package org.pocx.aggregator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.pocx.aggregator.core.SubmissionMode;

/**
 * What all scenarios use: the upstream, the floor, and the program or another aggregator. Closes everything in reverse
 * order.
 *
 * <p>For one thread.
 */
final class BenchEnvironment implements AutoCloseable {
    private static final Duration OTHER_TIMEOUT = Duration.ofSeconds(40);
    private static final long RETRY_MILLIS = 200;

    private final BenchSettings settings;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final List<ChildServer> children = new ArrayList<>();
    private final NoncePlan nonces = new NoncePlan();
    private final Path folder;
    private final ConstantUpstream upstream;
    private final MeasuredServer program;
    private final MeasuredServer floor;

    BenchEnvironment(BenchSettings settings) throws IOException, InterruptedException {
        this.settings = settings;
        folder = Files.createTempDirectory("pocx-bench-");
        opened.push(() -> delete(folder));
        try {
            upstream = new ConstantUpstream(settings.upstreamPort().orElse(0));
            opened.push(upstream);
            floor = startFloor().server();
            program = settings.other().isPresent()
                    ? other(settings.other().get())
                    : startProgram().server();
        } catch (IOException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Waits until the other aggregator follows the benchmark's upstream, if it should. */
    private MeasuredServer other(BenchSettings.Other other) throws IOException, InterruptedException {
        Target target = Target.of(other.url());
        byte[] round = AsciiBytes.of(upstream.round().info().blockHash());
        long begun = System.nanoTime();
        try (MinerConnection miner = new MinerConnection(target)) {
            while (settings.upstreamMissing().isEmpty() && !miner.ask(target.poll()).contains(round)) {
                if (System.nanoTime() - begun > OTHER_TIMEOUT.toNanos()) {
                    throw new IOException("it does not give the mining info of the benchmark's upstream;"
                            + " is its upstream http://127.0.0.1:" + upstream.port() + "/?");
                }
                Thread.sleep(RETRY_MILLIS);
            }
        } catch (IOException e) {
            throw new IOException("cannot measure " + other.shownUrl() + ": " + e.getMessage(), e);
        }
        return new MeasuredServer(target, new ResourceUsage(other.pid()));
    }

    /** Another process of the program with its own store, until it or the environment is closed. */
    ChildServer startProgram() throws IOException, InterruptedException {
        return startProgram(SubmissionMode.POOL);
    }

    /** The same in any mode. */
    ChildServer startProgram(SubmissionMode mode) throws IOException, InterruptedException {
        return opened(ChildServer.program(settings.java(), mode, upstream.port(), nextFolder()));
    }

    /** The same with further settings, as YAML. */
    ChildServer startProgram(String more) throws IOException, InterruptedException {
        return opened(ChildServer.program(
                settings.java(), SubmissionMode.POOL, upstream.port(), nextFolder(), more));
    }

    /** Another process of the floor. */
    ChildServer startFloor() throws IOException, InterruptedException {
        return opened(ChildServer.floor(settings.java(), nextFolder()));
    }

    private ChildServer opened(ChildServer child) {
        opened.push(child);
        children.add(child);
        return child;
    }

    private Path nextFolder() {
        return folder.resolve("child-" + children.size());
    }

    /** The last lines of the processes that ended unexpectedly. */
    String unexpectedEnds() throws IOException {
        StringBuilder text = new StringBuilder();
        for (ChildServer child : children) {
            text.append(child.unexpectedEnd());
        }
        return text.toString();
    }

    BenchSettings settings() {
        return settings;
    }

    NoncePlan nonces() {
        return nonces;
    }

    /** Useful only if {@link BenchSettings#upstreamMissing} is empty. */
    ConstantUpstream upstream() {
        return upstream;
    }

    MeasuredServer program() {
        return program;
    }

    MeasuredServer floor() {
        return floor;
    }

    /** Load on a server: {@code get_mining_info} on as many connections as the settings say. */
    MeasuredLoad polls(MeasuredServer server) throws IOException {
        byte[] poll = server.target().poll();
        return load(server, Collections.nCopies(settings.connections(), () -> poll));
    }

    /** Load on a server by miners that send their next request when they have their answer. */
    static MeasuredLoad load(MeasuredServer server, List<LoadGenerator.RequestSource> sources) throws IOException {
        return new MeasuredLoad(LoadGenerator.closedLoop(server.target(), sources), server.usage());
    }

    /** Ends the processes and deletes their folders. Idempotent. */
    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                System.getLogger(BenchEnvironment.class.getName())
                        .log(System.Logger.Level.WARNING, "Left behind by the benchmark: " + e);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
