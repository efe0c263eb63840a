package org.pocx.aggregator.cli.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The file {@code DATABASE.control} next to the database: the socket itself or, where a socket is not possible there, a
 * text file with the path of the socket.
 */
final class ControlFile {
    private static final int MAX_PATH_CHARS = 4_096;

    private ControlFile() {}

    /** Returns the file of a database. */
    static Path of(Path database) {
        return database.resolveSibling(database.getFileName() + ".control");
    }

    /**
     * Returns the path of the socket that a file stands for.
     *
     * @throws IOException if the file does not exist or cannot be read
     */
    static Path socket(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return shortest(file);
        }
        if (Files.size(file) > MAX_PATH_CHARS) {
            throw new IOException(file + " does not contain the path of a socket");
        }
        return Path.of(Files.readString(file, StandardCharsets.UTF_8).strip());
    }

    /** Returns the shortest path to a file: systems limit the path of a socket to about 100 bytes. */
    static Path shortest(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Path here = Path.of("").toAbsolutePath();
        if (!absolute.startsWith(here)) {
            return absolute;
        }
        Path relative = here.relativize(absolute);
        return relative.toString().length() < absolute.toString().length() ? relative : absolute;
    }
}
