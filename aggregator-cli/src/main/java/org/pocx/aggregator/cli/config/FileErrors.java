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

/** Explains to an operator why a file cannot be used. The JDK often says it only in the name of the exception. */
public final class FileErrors {
    private FileErrors() {}

    /** Returns the reason in a few words, without the name of the file. */
    public static String reason(Path file, IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> missing(file);
            case AccessDeniedException denied -> "access denied";
            case FileAlreadyExistsException there -> "it exists already";
            case NotDirectoryException notFolder -> "a part of its path is not a folder";
            // The message of the operating system is in the language of the user.
            case IOException other when Files.isDirectory(file) -> "it is a folder";
            case FileSystemException other -> lowerCase(other.getReason());
            default -> lowerCase(e.getMessage());
        };
    }

    private static String missing(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null || Files.isDirectory(folder)
                ? "there is no such file"
                : "there is no folder " + folder;
    }

    private static String lowerCase(@Nullable String reason) {
        return reason == null || reason.isBlank()
                ? "the operating system gives no reason"
                : reason.toLowerCase(Locale.ROOT);
    }
}
