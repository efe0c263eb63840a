package org.pocx.aggregator.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The program in its own JVM, which sends itself a SIGTERM when it reads the environment variable DATABASE. */
final class StoppedProgram {
    private StoppedProgram() {}

    public static void main(String[] args) {
        Terminal process = Terminal.ofProcess();
        Map<String, String> environment = new HashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            public @Nullable String get(Object name) {
                if (!name.equals("DATABASE")) {
                    return null;
                }
                terminate(process.stop());
                return "stopped.db";
            }
        };
        Terminal terminal =
                new Terminal(process.out(), process.err(), environment, Path.of("").toAbsolutePath(), process.stop());
        System.exit(Main.run(args, terminal));
    }

    private static void terminate(StopSignal stop) {
        try {
            new ProcessBuilder("kill", Long.toString(ProcessHandle.current().pid())).start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
        stop.await();
    }
}
