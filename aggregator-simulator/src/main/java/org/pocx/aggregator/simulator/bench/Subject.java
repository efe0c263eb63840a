package org.pocx.aggregator.simulator.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;
import org.pocx.aggregator.protocol.jsonrpc.RpcRequests;

/** A child process that serves at a port of its own: the program with its real store, or the floor. For one thread. */
final class Subject implements AutoCloseable {
    private static final byte[] RESULT = Bytes.ascii("\"result\"");
    private static final Duration START_WITHIN = Duration.ofSeconds(60);
    private static final long LOOK_AGAIN_MILLIS = 2;
    private static final int ATTEMPTS = 3;

    private final Server server;
    private final Child process;
    private final Duration firstAnswer;
    private boolean closed;

    private Subject(Server server, Child process, Duration firstAnswer) {
        this.server = server;
        this.process = process;
        this.firstAnswer = firstAnswer;
    }

    /**
     * Starts the program with its settings as they come, and waits until it gives mining info.
     *
     * @param folder an empty one, for database and logs
     */
    static Subject program(JavaCommand java, int upstreamPort, Path folder) throws IOException, InterruptedException {
        return start(folder, port -> java.program("-c", configuration(folder, port, upstreamPort)));
    }

    /** Starts the floor. */
    static Subject floor(JavaCommand java, Path folder) throws IOException, InterruptedException {
        return start(folder, port -> java.floor(Integer.toString(port)));
    }

    private static String configuration(Path folder, int port, int upstreamPort) throws IOException {
        return Files.writeString(
                folder.resolve("bench.yaml"),
                """
                        listen_address: "127.0.0.1:%s"
                        upstream:
                          url: "http://127.0.0.1:%s/"
                          submission_mode: pool
                        dashboard:
                          enabled: true
                          listen_address: "127.0.0.1:%s"
                        """
                        .formatted(port, upstreamPort, freePort()))
                .toString();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** A port that is free now may be taken a moment later: then with another one. */
    private static Subject start(Path folder, CommandAtPort command) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        for (int attempt = 1;; attempt++) {
            int port = freePort();
            Target target = Target.local(port);
            long begun = System.nanoTime();
            Child process = Child.start(command.at(port), folder);
            try {
                awaitAnswer(target, process, begun);
                Duration took = Duration.ofNanos(System.nanoTime() - begun);
                return new Subject(new Server(target, process.vitals()), process, took);
            } catch (IOException | InterruptedException | RuntimeException e) {
                process.close();
                boolean inUse = !process.isAlive() && process.lastLines().contains("in use");
                if (!inUse || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static void awaitAnswer(Target target, Child process, long begun)
            throws IOException, InterruptedException {
        byte[] question = target.request(RpcRequests.getMiningInfo(RpcId.of(1)));
        while (!answers(target, question)) {
            if (!process.isAlive() || System.nanoTime() - begun > START_WITHIN.toNanos()) {
                throw new IOException((process.isAlive()
                        ? "it gives no mining info within " + START_WITHIN.toSeconds() + " s"
                        : "it has ended by itself") + "; the last lines that it printed:\n" + process.lastLines());
            }
            Thread.sleep(LOOK_AGAIN_MILLIS);
        }
    }

    private static boolean answers(Target target, byte[] question) {
        try (Probe probe = new Probe(target)) {
            return probe.ask(question).contains(RESULT);
        } catch (IOException e) {
            return false;
        }
    }

    Server server() {
        return server;
    }

    /** From the start of the process to the first mining info that it gave. */
    Duration firstAnswer() {
        return firstAnswer;
    }

    /** How it ended, where it did so by itself. */
    String obituary() throws IOException {
        return closed || process.isAlive()
                ? ""
                : "\nIt has ended; the last lines that it printed:\n" + process.lastLines();
    }

    /** Ends it. Idempotent. */
    @Override
    public void close() {
        closed = true;
        process.close();
    }

    private interface CommandAtPort {
        List<String> at(int port) throws IOException;
    }
}
