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
import org.pocx.aggregator.jdbc.Sql;

/**
 * Saves the content of an open database whose file was deleted or replaced, or whose write-ahead log was deleted. Used
 * only by the writer thread.
 */
final class LostFileRecovery {
    private static final String NONCE = "block_hash, account_id, seed, nonce, compression, height,"
            + " generation_signature, base_target, raw_quality, coinbase_outputs, machine, received_at";

    /** The tables that a restart needs, and won blocks, which are kept forever, with their columns except row ids. */
    private static final List<String> NEEDED = List.of(
            "pocx_rounds (block_hash, ordinal, announced_at, closed, first_announced_at)",
            "pocx_announcements (block_hash, height, generation_signature, base_target, ordinal)",
            "pocx_outbox (" + NONCE + ")",
            "pocx_outcomes (" + NONCE + ", outcome, confirmed_raw_quality, code, message, bad_proof, at)",
            "pocx_round_upstreams (block_hash, upstream, ordinal)",
            "pocx_standings (" + NonceTables.KEY + ", upstream, confirmed, confirmed_raw_quality)",
            "pocx_confirmed_machines (machine, at)",
            "pocx_won_blocks (height, next_signature, at, account_id, machine, raw_quality, poc_time, orphaned)",
            "pocx_probable_losses (height, signature, at, account_id, machine, raw_quality, poc_time)",
            "pocx_signatures (ordinal, height, signature, base_target, begun_at)",
            "pocx_block_state (id, next_height, unseen)",
            "pocx_luck (kind, id, ordinal, expected, won, periods)",
            "pocx_detectors (kind, subject, at, text)");

    private final Path file;

    LostFileRecovery(Path file) {
        this.file = file;
    }

    private Path folder() {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(),
                "the database cannot be the root of the file system");
    }

    /** Moves the content of a deleted log into the database. */
    void emptyLog(Sql old) throws SQLException {
        if (old.number("PRAGMA wal_checkpoint(TRUNCATE)") != 0) {
            throw new LostFileException("another program reads it: the next attempt is in a second");
        }
    }

    /**
     * Writes the content of the deleted file to a new file in the same folder, which is created again if necessary. The
     * copy is on disk when this method returns.
     *
     * @return the copy, which {@link #moveIn} moves to the database's path when the old connection is closed
     */
    Path copy(Sql old) throws SQLException, IOException {
        Path copy = file.resolveSibling(file.getFileName() + ".rescued");
        Files.createDirectories(folder());
        Files.deleteIfExists(copy);
        old.execute("VACUUM INTO '" + copy.toString().replace("'", "''") + "'");
        force(copy, StandardOpenOption.WRITE);
        return copy;
    }

    /**
     * Moves the copy to the path of the database. The remaining old log is deleted first, because SQLite would apply it
     * to the copy.
     */
    void moveIn(Path copy) throws IOException {
        dropLog();
        Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
        // Windows cannot open folders. There, the name is written with the file.
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            force(folder(), StandardOpenOption.READ);
        }
    }

    /** Deletes the old log, which SQLite would apply to the database that has the path now. */
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
     * Copies what a restart needs into a database that replaced this one, such as a backup. The history is not copied.
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
