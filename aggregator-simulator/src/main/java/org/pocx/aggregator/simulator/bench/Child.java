package org.pocx.aggregator.simulator.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** A process that this one has started, and ends. What it prints goes to a file. For one thread. */
final class Child implements AutoCloseable {
    private static final long LEAVE_SECONDS = 12;
    private static final int LAST_LINES = 20;

    private final Process process;
    private final Path output;

    private Child(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** @param folder where it runs */
    static Child start(List<String> command, Path folder) throws IOException {
        Path output = folder.resolve("output.txt");
        return new Child(
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start(),
                output);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    Vitals vitals() {
        return new Vitals(OptionalLong.of(process.pid()));
    }

    /** The end of what it printed. */
    String lastLines() throws IOException {
        List<String> lines = Files.readString(output, StandardCharsets.UTF_8).lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    /** Asks it to end, and ends it when it does not. Idempotent. */
    @Override
    public void close() {
        process.destroy();
        boolean interrupted = Thread.interrupted();
        try {
            if (!process.waitFor(LEAVE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
