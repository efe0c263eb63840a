package org.pocx.aggregator.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pocx.aggregator.core.store.StoreException;

/** Resolves the configured path of the database. */
final class DatabasePath {
    private DatabasePath() {}

    /**
     * The real path, so that two names of one file share one lock.
     *
     * <p>A missing folder is not created: most likely the path contains a typing error, and a new database in a new
     * folder would hide that.
     */
    static Path resolve(Path path) {
        Path file = path.toAbsolutePath().normalize();
        if (Files.isDirectory(file)) {
            throw new StoreException(file + " is a folder: database.path must name a file");
        }
        Path folder = file.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new StoreException("cannot create " + file + ", its folder is missing: create the folder, or correct"
                    + " database.path");
        }
        try {
            return Files.exists(file) ? file.toRealPath() : folder.toRealPath().resolve(file.getFileName());
        } catch (IOException e) {
            throw new StoreException(file + " cannot be reached (" + SqliteErrors.oneLine(e) + "): check database.path",
                    e);
        }
    }
}
