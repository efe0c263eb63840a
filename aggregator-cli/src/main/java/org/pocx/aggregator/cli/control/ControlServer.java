package org.pocx.aggregator.cli.control;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Executes commands of other processes of the same user on this machine, such as {@code pocx-aggregator reload}. A client
 * sends one line with the name of a command, and receives a {@link ControlReply}.
 *
 * <p>Thread-safe. One thread accepts, each connection has its own virtual thread.
 */
public final class ControlServer implements AutoCloseable {
    /** More connections at the same time are closed at once. */
    static final int MAX_CONNECTIONS = 16;

    private static final Logger LOG = System.getLogger(ControlServer.class.getName());
    private static final int MAX_REQUEST_BYTES = 64;

    private final ControlSocket socket;
    private final Map<String, Supplier<ControlReply>> commands;
    private final Executor deadline;
    private final Semaphore connections = new Semaphore(MAX_CONNECTIONS);

    private ControlServer(ControlSocket socket, Map<String, Supplier<ControlReply>> commands, Duration limit) {
        this.socket = socket;
        this.commands = Map.copyOf(commands);
        this.deadline = CompletableFuture.delayedExecutor(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Starts a server; empty, with a warning in the log, if this system or file system has no such sockets. The caller
     * holds the lock of the database.
     *
     * @param database the database of the running program, which clients find it by
     * @param commands by name; called on any thread, several at the same time
     * @param limit the longest time for one connection
     */
    public static Optional<ControlServer> start(
            Path database, Map<String, Supplier<ControlReply>> commands, Duration limit) {
        try {
            ControlServer server = new ControlServer(ControlSocket.open(database), commands, limit);
            Thread.ofPlatform().daemon().name("control").start(server::accept);
            return Optional.of(server);
        } catch (IOException e) {
            LOG.log(
                    Level.WARNING,
                    "No control socket for " + database + " (" + e.getMessage()
                            + "): \"pocx-aggregator reload\" is not possible. Mining continues.");
            return Optional.empty();
        }
    }

    private void accept() {
        while (socket.channel().isOpen()) {
            try {
                serve(socket.channel().accept());
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "the control socket could not accept a connection: {0}", e.getMessage());
                Thread.yield();
            }
        }
    }

    private void serve(SocketChannel client) throws IOException {
        if (!connections.tryAcquire()) {
            client.close();
            return;
        }
        deadline.execute(() -> close(client));
        Thread.ofVirtual().name("control-command").start(() -> {
            try (client) {
                answer(client);
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "a control connection has ended early: {0}", e.getMessage());
            } finally {
                connections.release();
            }
        });
    }

    private static void close(SocketChannel client) {
        try {
            client.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a control connection could not be closed: {0}", e.getMessage());
        }
    }

    private void answer(ByteChannel client) throws IOException {
        String command = line(client);
        Supplier<ControlReply> known = commands.get(command);
        ControlReply reply = known == null
                ? new ControlReply(1, List.of("the running program does not know this command: is it older?"))
                : known.get();
        ByteBuffer bytes = ByteBuffer.wrap(reply.encode().getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            client.write(bytes);
        }
    }

    private static String line(ByteChannel client) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(MAX_REQUEST_BYTES);
        int length = 0;
        while (bytes.hasRemaining() && client.read(bytes) >= 0) {
            while (length < bytes.position()) {
                if (bytes.get(length) == '\n') {
                    return new String(bytes.array(), 0, length, StandardCharsets.US_ASCII);
                }
                length++;
            }
        }
        throw new IOException("no complete command");
    }

    /** Stops accepting commands and deletes the socket. Running commands continue. Idempotent. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the control socket could not be deleted: {0}", e.getMessage());
        }
    }
}
