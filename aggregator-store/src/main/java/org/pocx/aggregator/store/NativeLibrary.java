package org.pocx.aggregator.store;

import java.nio.file.Files;
import java.nio.file.Path;
import org.pocx.aggregator.core.store.StoreException;
import org.sqlite.SQLiteJDBCLoader;

/** SQLite's native library, which the driver unpacks to a folder for temporary files and loads from there. */
final class NativeLibrary {
    private NativeLibrary() {}

    /** Loads it unless it is loaded; throws {@link StoreException} where it cannot be. */
    static void require() {
        Path folder = Path.of(System.getProperty("org.sqlite.tmpdir", System.getProperty("java.io.tmpdir", ".")));
        // Asked here first, because the driver reports it with a stack trace for each way that it tries.
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw refusal(folder, "it is no folder that this user may write");
        }
        boolean loaded;
        try {
            loaded = SQLiteJDBCLoader.initialize();
        } catch (Exception | LinkageError e) {
            throw refusal(folder, Faults.oneLine(e));
        }
        if (!loaded) {
            throw refusal(folder, "it does not load");
        }
    }

    private static StoreException refusal(Path folder, String reason) {
        return new StoreException("cannot unpack and load SQLite's native library in " + folder + " (" + reason
                + "): set -Dorg.sqlite.tmpdir=FOLDER to one that may be written to and run programs from");
    }
}
