package org.pocx.aggregator.cli.control;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Sends a command to the program that has a database open on this machine. */
public final class ControlClient {
    private static final int MAX_REPLY_BYTES = 64 * 1024;
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private ControlClient() {}

    /** Nobody answers at the socket of the database. The message says why, for people. */
    public static final class NotThereException extends Exception {
        private static final long serialVersionUID = 1L;

        private NotThereException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Sends a command and waits for the answer.
     *
     * @param database the database of the program
     * @param command a name without line end
     * @param patience the longest time for the answer, from the moment at which the connection exists
     * @throws NotThereException if there is no program to connect to
     * @throws TimeoutException if the program is there and does not answer in time
     */
    public static ControlReply ask(Path database, String command, Duration patience)
            throws NotThereException, TimeoutException {
        Path file = ControlFile.of(database);
        try (SocketChannel channel = TimeLimit.call(CONNECT, () -> connect(file))) {
            return TimeLimit.call(patience, () -> exchange(channel, command));
        } catch (IOException | IllegalArgumentException e) {
            throw new NotThereException(file + ": " + e.getMessage(), e);
        }
    }

    private static SocketChannel connect(Path file) throws IOException {
        try {
            return SocketChannel.open(UnixDomainSocketAddress.of(ControlFile.socket(file)));
        } catch (UnsupportedOperationException e) {
            throw new IOException("this system has no Unix domain sockets", e);
        }
    }

    private static ControlReply exchange(SocketChannel channel, String command) throws IOException {
        channel.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.US_ASCII)));
        ByteBuffer bytes = ByteBuffer.allocate(MAX_REPLY_BYTES);
        int read = 0;
        while (read >= 0 && bytes.hasRemaining()) {
            read = channel.read(bytes);
        }
        return ControlReply.decode(new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8));
    }
}
