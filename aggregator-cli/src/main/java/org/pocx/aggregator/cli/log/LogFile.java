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
 * A log file that is rotated daily and at a size: {@code a.log} becomes {@code a.log.1}, which becomes {@code a.log.2},
 * and so on; the oldest file is deleted. If the path is a symbolic link, its target is rotated and the link stays. If it
 * is not a regular file, for example a terminal, it is never moved.
 *
 * <p>Thread-safe: its lock guards the open stream, the size and the day.
 */
final class LogFile implements AutoCloseable {
    private final Path path;
    private final long maxBytes;
    private final int kept;
    private final InstantSource clock;
    private final ZoneId zone;
    private final Mover mover;

    private @Nullable OutputStream out;
    private @Nullable Path target;
    private long size;
    private LocalDate day = LocalDate.MIN;

    /**
     * @param maxBytes the size from which on the file is rotated
     * @param kept the number of old files that are kept, at least 1
     * @param zone the time zone whose midnight starts a new file
     */
    LogFile(Path path, long maxBytes, int kept, InstantSource clock, ZoneId zone) {
        this(path, maxBytes, kept, clock, zone,
                (from, to) -> Files.move(from, to, StandardCopyOption.REPLACE_EXISTING));
    }

    /** Creates a file with another way to move files, for tests that make it fail. */
    LogFile(Path path, long maxBytes, int kept, InstantSource clock, ZoneId zone, Mover mover) {
        this.path = path;
        this.maxBytes = maxBytes;
        this.kept = kept;
        this.clock = clock;
        this.zone = zone;
        this.mover = mover;
    }

    /** Renames a file, and replaces the file that has the new name. Windows refuses while another program has it open. */
    interface Mover {
        void move(Path from, Path to) throws IOException;
    }

    synchronized void append(String text) throws IOException {
        OutputStream open = out == null ? open() : out;
        Path file = target;
        if (file != null && size > 0 && (size >= maxBytes || !day.equals(today()))) {
            close();
            rotate(file);
            open = open();
            // Also after a failed rotation: the file is continued, and the next day or size is the next attempt.
            day = today();
            size = 0;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        open.write(bytes);
        size += bytes.length;
    }

    /** Opens the file by its name again, and creates it if it is missing: for rotation by another program. */
    synchronized void reopen() throws IOException {
        close();
        open();
    }

    /** Closes the file. The next line opens it again. */
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

    private void rotate(Path file) {
        try {
            for (int number = kept; number > 1; number--) {
                move(numbered(file, number - 1), numbered(file, number));
            }
            move(file, numbered(file, 1));
        } catch (IOException e) {
            System.err.println("Cannot rotate the log file " + path + ": " + e);
        }
    }

    private void move(Path from, Path to) throws IOException {
        if (Files.exists(from)) {
            mover.move(from, to);
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
