package org.pocx.aggregator.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.store.StoreException;

/**
 * Prevents that two aggregators use one database: an operating-system lock on a separate file, which ends with the
 * process in any case. The file contains the process id of the holder, for operators. It is not deleted with the lock,
 * because that could delete the file of a process that has just taken the lock.
 */
final class DatabaseLock implements AutoCloseable {
    /**
     * The lock files held by this process. Needed in addition to the lock: on POSIX systems, closing any channel to a
     * file releases all locks of the process on it, so a second attempt must not open the file.
     */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    /** A region outside the content, so that the process id stays readable on systems with mandatory locks. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private static final int MAX_PID_CHARS = 20;

    private static final System.Logger LOG = System.getLogger(DatabaseLock.class.getName());

    private final Path database;
    private final Path file;
    private FileChannel channel;
    private @Nullable Object key;

    private DatabaseLock(Path database, Path file, FileChannel channel) {
        this.database = database;
        this.file = file;
        this.channel = channel;
        this.key = keyOf(file);
    }

    /** Takes the lock. Throws {@link StoreException} if another process holds it or the lock file cannot be written. */
    static DatabaseLock take(Path database) {
        Path file = database.resolveSibling(database.getFileName() + ".lock");
        if (!HELD_HERE.add(file)) {
            throw inUse(database, Long.toString(ProcessHandle.current().pid()));
        }
        @Nullable DatabaseLock lock = null;
        try {
            lock = lock(database, file);
            return lock;
        } catch (IOException e) {
            throw new StoreException(
                    "cannot write the lock file " + file + " (" + reason(e)
                            + "): make the folder writable for this user, or configure another database.path",
                    e);
        } finally {
            if (lock == null) {
                HELD_HERE.remove(file);
            }
        }
    }

    private static DatabaseLock lock(Path database, Path file) throws IOException {
        FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            @Nullable FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
            if (lock == null) {
                throw inUse(database, readPid(channel));
            }
            writePid(channel, file);
            locked = true;
            return new DatabaseLock(database, file, channel);
        } finally {
            if (!locked) {
                channel.close();
            }
        }
    }

    /**
     * Takes the lock again if its file was deleted or replaced, for example together with the folder, because the old
     * lock has no effect then. Called by the thread that closes it.
     *
     * @throws StoreException if another aggregator has taken the lock
     * @throws IOException if the lock file cannot be written
     */
    void renew() throws IOException {
        if (isOurs()) {
            return;
        }
        DatabaseLock again = lock(database, file);
        channel.close();
        channel = again.channel;
        key = again.key;
    }

    private boolean isOurs() {
        return key == null || key.equals(keyOf(file));
    }

    private static @Nullable Object keyOf(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (IOException missing) {
            return null;
        }
    }

    private static StoreException inUse(Path database, String pid) {
        String holder = pid.isEmpty() ? "" : " (pid " + pid + ")";
        return new StoreException(database + " is in use by another aggregator" + holder
                + ": stop that one, or configure another database.path");
    }

    private static String readPid(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(MAX_PID_CHARS);
        channel.read(bytes, 0);
        String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip();
        return text.chars().allMatch(Character::isDigit) ? text : "";
    }

    /** The process id is only information: on a full disk the lock works without it. */
    private static void writePid(FileChannel channel, Path file) {
        String text = ProcessHandle.current().pid() + "\n";
        try {
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "no process id in {0}: {1}", file, reason(e));
        }
    }

    private static String reason(IOException e) {
        if (e instanceof FileSystemException f && f.getReason() != null) {
            return f.getReason();
        }
        return e instanceof FileSystemException ? e.getClass().getSimpleName() : SqliteErrors.oneLine(e);
    }

    /** Releases the lock. Idempotent. */
    @Override
    public void close() {
        FileChannel last = channel;
        if (!last.isOpen()) {
            return;
        }
        try (last) {
            last.truncate(0);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot empty {0}: {1}", file, reason(e));
        } finally {
            HELD_HERE.remove(file);
        }
    }
}
