package org.pocx.aggregator.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * What surrounds the process.
 *
 * @param out what a command was asked for
 * @param err what is wrong
 * @param environment the environment variables
 * @param directory the working directory
 * @param stop when to end
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
