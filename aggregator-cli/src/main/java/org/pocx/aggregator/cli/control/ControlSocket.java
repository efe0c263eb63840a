package org.pocx.aggregator.cli.control;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * A listening Unix domain socket of a database. Only the user of this process can connect to it: the system checks the
 * permissions of the file. Systems without these permissions (Windows) check those of the folder.
 *
 * @param channel accepts connections
 * @param files what {@link #close()} deletes, in this order
 */
record ControlSocket(ServerSocketChannel channel, List<Path> files) implements AutoCloseable {
    private static final int BACKLOG = 16;

    ControlSocket {
        files = List.copyOf(files);
    }

    /**
     * Opens the socket next to the database or, where that is not possible (the path is too long, the file system has no
     * sockets), in a private temporary folder, whose path is then in the file. What a killed process left is replaced: the
     * caller holds the lock of the database.
     *
     * @throws IOException if both are impossible
     */
    static ControlSocket open(Path database) throws IOException {
        Path file = ControlFile.of(database);
        Files.deleteIfExists(file);
        try {
            return new ControlSocket(bind(ControlFile.shortest(file)), List.of(file));
        } catch (IOException notHere) {
            return elsewhere(file);
        }
    }

    private static ControlSocket elsewhere(Path file) throws IOException {
        List<Path> files = new ArrayList<>();
        Path folder = Files.createTempDirectory("pocx-aggregator-");
        files.add(folder);
        try {
            Path socket = folder.resolve("control");
            ServerSocketChannel channel = bind(socket);
            files.addFirst(socket);
            files.addFirst(file);
            Files.writeString(file, socket + "\n", StandardCharsets.UTF_8);
            return new ControlSocket(channel, files);
        } catch (IOException e) {
            delete(files);
            throw e;
        }
    }

    private static ServerSocketChannel bind(Path path) throws IOException {
        ServerSocketChannel channel;
        try {
            channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        } catch (UnsupportedOperationException e) {
            throw new IOException("this system has no Unix domain sockets", e);
        }
        try {
            channel.bind(UnixDomainSocketAddress.of(path), BACKLOG);
            ownerOnly(path);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static void ownerOnly(Path path) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (view != null) {
            view.setPermissions(PosixFilePermissions.fromString("rw-------"));
        }
    }

    private static void delete(List<Path> files) throws IOException {
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }

    /** Stops listening and deletes the files. Idempotent. */
    @Override
    public void close() throws IOException {
        channel.close();
        delete(files);
    }
}
