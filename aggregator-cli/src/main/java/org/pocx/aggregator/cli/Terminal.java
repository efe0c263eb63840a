package org.pocx.aggregator.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * The environment of the process.
 *
 * @param out the output of a command
 * @param err errors and warnings
 * @param environment the environment variables
 * @param directory the working directory
 * @param stop requests the end
 */
record Terminal(PrintStream out, PrintStream err, Map<String, String> environment, Path directory, StopSignal stop) {

    static Terminal ofProcess() {
        return new Terminal(
                System.out,
                System.err,
                System.getenv(),
                Path.of(""),
                new StopSignal(new JvmSignals(), System::nanoTime, Runtime.getRuntime()::halt));
    }
}
