package org.pocx.aggregator.cli.config;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says in an operator's words why a file cannot be used: the JDK often says it in the name of the exception alone. */
public final class FileErrors {
    private FileErrors() {}

    /** The reason in a few words, without the file's name. */
    public static String reason(Path file, IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> missing(file);
            case AccessDeniedException denied -> "access denied";
            case FileAlreadyExistsException there -> "it is there already";
            case NotDirectoryException notFolder -> "a part of its path is no folder";
            // The system's own words are in the user's language.
            case IOException other when Files.isDirectory(file) -> "it is a folder";
            case FileSystemException other -> words(other.getReason());
            default -> words(e.getMessage());
        };
    }

    private static String missing(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null || Files.isDirectory(folder)
                ? "there is no such file"
                : "there is no folder " + folder;
    }

    private static String words(@Nullable String reason) {
        if (reason == null || reason.isBlank()) {
            return "the system does not say why";
        }
        return reason.toLowerCase(Locale.ROOT);
    }
}
