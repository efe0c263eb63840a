package org.pocx.aggregator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pocx.aggregator.core.store.StoreException;

/** The files beside the database on a file system as that of Windows. SQLite itself cannot run on it. */
final class FilesOnWindowsStoreTest {
    private final FileSystem windows = Jimfs.newFileSystem(Configuration.windows());
    private final Path folder = windows.getPath("C:\\farm");
    private final Path database = folder.resolve("aggregator.db");

    @BeforeEach
    void createFolder() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(database, "old");
    }

    @AfterEach
    void close() throws IOException {
        windows.close();
    }

    /** Windows compares names without regard to case, and two names of one file must share one lock. */
    @Test
    void pathInAnotherSpelling_isTheSameFile() throws IOException {
        Path other = windows.getPath("c:\\FARM\\.\\Aggregator.DB");
        assertThat(DatabasePath.resolve(other)).isEqualTo(DatabasePath.resolve(database));
    }

    @Test
    void folderThatIsMissing_isReported() {
        assertThatThrownBy(() -> DatabasePath.resolve(windows.getPath("C:\\none\\a.db")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("C:\\none\\a.db")
                .hasMessageContaining("its folder is missing");
    }

    /** Windows has no file keys, and does not allow deleting a file that is open. */
    @Test
    void fileSystemWithoutFileKeys_countsFilesAsPresent() throws IOException {
        Files.delete(database);
        assertThat(new OpenFiles(database, null, null).state()).isEqualTo(OpenFiles.State.PRESENT);
    }

    @Test
    void copyOfALostDatabase_isMovedInWithoutOpeningTheFolder() throws IOException {
        Path copy = Files.writeString(folder.resolve("aggregator.db.rescued"), "new");
        Files.writeString(OpenFiles.logOf(database), "log of the old one");
        Files.delete(database);
        new LostFileRecovery(database).moveIn(copy);
        assertThat(database).hasContent("new");
        assertThat(OpenFiles.logOf(database)).doesNotExist();
        assertThat(copy).doesNotExist();
    }
}
