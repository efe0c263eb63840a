package org.pocx.aggregator.store;

import java.nio.file.Files;
import java.nio.file.Path;
import org.pocx.aggregator.core.store.StoreException;
import org.sqlite.SQLiteJDBCLoader;

/** Loads SQLite's native library, which the driver unpacks to a temporary folder. */
final class NativeLibrary {
    private NativeLibrary() {}

    /** Loads the library unless it is loaded. Throws {@link StoreException} if it cannot be loaded. */
    static void require() {
        Path folder = Path.of(System.getProperty("org.sqlite.tmpdir", System.getProperty("java.io.tmpdir", ".")));
        // Checked here first, because the driver logs a stack trace for each attempt.
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw refusal(folder, "it is not a folder that this user may write");
        }
        boolean loaded;
        try {
            loaded = SQLiteJDBCLoader.initialize();
        } catch (Exception | LinkageError e) {
            throw refusal(folder, SqliteErrors.oneLine(e));
        }
        if (!loaded) {
            throw refusal(folder, "it does not load");
        }
    }

    private static StoreException refusal(Path folder, String reason) {
        return new StoreException("cannot unpack and load SQLite's native library in " + folder + " (" + reason
                + "): set -Dorg.sqlite.tmpdir=FOLDER to a folder that is writable and allows running programs");
    }
}
