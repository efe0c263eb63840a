package org.pocx.aggregator.simulator.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The program that is measured: with its settings as they come, its store and its log in a folder that goes with it. */
final class Subject implements AutoCloseable {
    private static final Duration START_WITHIN = Duration.ofSeconds(30);
    private static final long LOOK_AGAIN_NANOS = 20_000_000;
    private static final byte[] READY = MessageBuffer.ascii("GET /ready HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n");

    private final Path folder;
    private final int port;
    private final ChildJvm process;

    private Subject(Path folder, int port, ChildJvm process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /** Starts it, and returns when it is ready for nonces. */
    static Subject start(Path jar, List<String> javaOptions, int upstreamPort) throws IOException {
        Path folder = Files.createTempDirectory("pocx-bench");
        int port = freePort();
        Path config = Files.writeString(
                folder.resolve("bench.yaml"),
                """
                        listen_address: "127.0.0.1:%d"
                        upstream:
                          url: "http://127.0.0.1:%d/"
                          submission_mode: pool
                        """
                        .formatted(port, upstreamPort));
        Subject subject =
                new Subject(folder, port, ChildJvm.ofJar(jar, folder, javaOptions, "-c", config.toString()));
        subject.awaitReady();
        return subject;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady() throws IOException {
        long end = System.nanoTime() + START_WITHIN.toNanos();
        while (!isReady()) {
            if (System.nanoTime() - end > 0 || !process.isAlive()) {
                String printed = Files.readString(folder.resolve("output.txt"));
                close();
                throw new IOException("the program does not get ready; it printed: " + printed);
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    private boolean isReady() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(READY);
            MessageBuffer answer = new MessageBuffer(socket.getInputStream());
            return answer.next() && answer.startsWith(LoadConnection.GOOD_STATUS);
        } catch (IOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    Duration cpu() {
        return process.cpu();
    }

    /** Ends it and deletes its folder. Idempotent. */
    @Override
    public void close() {
        process.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(Subject::delete);
        } catch (IOException | UncheckedIOException e) {
            System.err.println("The folder " + folder + " could not be deleted: " + e.getMessage());
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
