package org.pocx.aggregator.cli.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/** A file system of a few MiB in memory, which a test can fill. Needs the right to mount; without it the test is skipped. */
final class SmallDisk implements AutoCloseable {
    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    static SmallDisk mount(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", folder.toString()),
                "this test mounts a small disk, and may not here");
        return new SmallDisk(folder);
    }

    /** Runs a command; false when there is no such command or it fails. */
    static boolean run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    /** Leaves not a page free. */
    void fill() {
        byte[] page = new byte[4096];
        try (OutputStream out = Files.newOutputStream(
                path("ballast"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (true) {
                out.write(page);
            }
        } catch (IOException e) {
            return; // full
        }
    }

    void free() throws IOException {
        Files.deleteIfExists(path("ballast"));
    }

    @Override
    public void close() throws InterruptedException {
        run("umount", "-l", folder.toString());
    }
}
