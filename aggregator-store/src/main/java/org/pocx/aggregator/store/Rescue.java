package org.pocx.aggregator.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

/**
 * Saves what a connection still has open of a database whose file was deleted, replaced, or robbed of its write-ahead log
 * under its feet. Belongs to the writer's thread.
 */
final class Rescue {
    private static final String NONCE = "block_hash, account_id, seed, nonce, compression, height,"
            + " generation_signature, base_target, raw_quality, coinbase_outputs, machine, label, received_at";

    /** What a restart needs to know, and what each table has but for row numbers. */
    private static final List<String> NEEDED = List.of(
            "pocx_rounds (block_hash, ordinal, announced_at, closed, first_announced_at)",
            "pocx_announcements (block_hash, height, generation_signature, base_target, ordinal)",
            "pocx_outbox (" + NONCE + ")",
            "pocx_outcomes (" + NONCE + ", outcome, confirmed_raw_quality, code, message, at)",
            "pocx_confirmed_machines (machine, at)");

    private final Path file;

    Rescue(Path file) {
        this.file = file;
    }

    private Path folder() {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "the root of the file system is no database");
    }

    /** Moves into the database what is in a log that has lost its name. */
    void emptyLog(Sql old) throws SQLException {
        if (old.number("PRAGMA wal_checkpoint(TRUNCATE)") != 0) {
            throw new LostFileException("somebody reads it: the next attempt is in a second");
        }
    }

    /**
     * Writes all that the deleted file holds to a new one beside its former place, in a folder that is made anew if need be.
     * It is durable when this returns.
     *
     * @return what {@link #moveIn} puts in place, when the old connection is closed
     */
    Path copy(Sql old) throws SQLException, IOException {
        Path copy = file.resolveSibling(file.getFileName() + ".rescued");
        Files.createDirectories(folder());
        Files.deleteIfExists(copy);
        old.execute("VACUUM INTO '" + copy.toString().replace("'", "''") + "'");
        force(copy, StandardOpenOption.WRITE);
        return copy;
    }

    /** Puts the copy where the database was. What is left of the old log goes first: it would be read into the copy. */
    void moveIn(Path copy) throws IOException {
        dropLog();
        Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
        force(folder(), StandardOpenOption.READ);
    }

    /** Takes the old log away, which SQLite would read into whatever database has the name now. */
    void dropLog() throws IOException {
        Files.deleteIfExists(OpenFiles.logOf(file));
        Files.deleteIfExists(file.resolveSibling(file.getFileName() + "-shm"));
    }

    private static void force(Path path, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(path, how)) {
            channel.force(true);
        }
    }

    /**
     * Brings along what a restart needs into another database that was put in the place of this one, such as a backup. Its
     * history is its own.
     */
    void carryOver(Sql old) throws SQLException {
        old.execute("ATTACH '" + file.toString().replace("'", "''") + "' AS replacement");
        try {
            old.execute("BEGIN IMMEDIATE");
            for (String table : NEEDED) {
                String columns = table.substring(table.indexOf('(') + 1, table.indexOf(')'));
                String name = table.substring(0, table.indexOf(' '));
                old.execute(
                        "INSERT OR REPLACE INTO replacement." + table + " SELECT " + columns + " FROM main." + name);
            }
            old.execute("COMMIT");
        } catch (SQLException e) {
            old.execute("ROLLBACK");
            throw e;
        } finally {
            old.execute("DETACH replacement");
        }
    }
}
