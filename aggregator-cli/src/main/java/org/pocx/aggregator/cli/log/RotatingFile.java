package org.pocx.aggregator.cli.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A log file that starts anew each day and at a size: {@code a.log} becomes {@code a.log.1}, that {@code a.log.2}, and so
 * on; the oldest goes. Where the path is a link, the file that it leads to is moved, and the link stays. What is no file,
 * such as a terminal, never moves.
 *
 * <p>Thread-safe: its own lock guards the open stream, the size and the day.
 */
final class RotatingFile implements AutoCloseable {
    private final Path path;
    private final long maxBytes;
    private final int kept;
    private final InstantSource clock;
    private final ZoneId zone;

    private @Nullable OutputStream out;
    private @Nullable Path target;
    private long size;
    private LocalDate day = LocalDate.MIN;

    /**
     * @param maxBytes the size from which on the file is rotated
     * @param kept how many old files stay, at least 1
     * @param zone whose midnight counts
     */
    RotatingFile(Path path, long maxBytes, int kept, InstantSource clock, ZoneId zone) {
        this.path = path;
        this.maxBytes = maxBytes;
        this.kept = kept;
        this.clock = clock;
        this.zone = zone;
    }

    synchronized void append(String text) throws IOException {
        OutputStream open = out == null ? open() : out;
        Path moved = target;
        if (moved != null && size > 0 && (size >= maxBytes || !day.equals(today()))) {
            open = rotate(moved);
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        open.write(bytes);
        size += bytes.length;
    }

    /** Opens the file by its name again, so that it is there at once: for rotation by another program. */
    synchronized void reopen() throws IOException {
        close();
        open();
    }

    /** Closes the file; a line that comes later opens it again. */
    @Override
    public synchronized void close() throws IOException {
        OutputStream old = out;
        out = null;
        if (old != null) {
            old.close();
        }
    }

    private OutputStream open() throws IOException {
        OutputStream opened = Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        out = opened;
        boolean isFile = Files.isRegularFile(path);
        target = isFile ? path.toRealPath() : null;
        size = isFile ? Files.size(path) : 0;
        day = size > 0 ? dayOf(Files.getLastModifiedTime(path).toInstant()) : today();
        return opened;
    }

    private OutputStream rotate(Path full) throws IOException {
        close();
        moveAway(full);
        OutputStream opened = open();
        // Also where the file could not be moved: lines go on into it, and the next day or size tries again.
        day = today();
        size = 0;
        return opened;
    }

    private void moveAway(Path full) {
        try {
            for (int number = kept - 1; number >= 1; number--) {
                move(numbered(full, number), numbered(full, number + 1));
            }
            move(full, numbered(full, 1));
        } catch (IOException e) {
            System.err.println("The log " + path + " cannot be rotated: " + e);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        if (Files.exists(from)) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static Path numbered(Path file, int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    private LocalDate today() {
        return dayOf(clock.instant());
    }

    private LocalDate dayOf(Instant instant) {
        return LocalDate.ofInstant(instant, zone);
    }
}
