package org.pocx.aggregator.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The commands that start the child processes of a benchmark, with the Java that runs this process.
 *
 * @param classPath as for the option {@code -cp}, absolute paths only
 * @param mainClass of the program that is measured
 * @param options for the Java of the program and of the floor
 * @param programOptions for the Java of the program only, such as those of a profiler
 */
public record JavaCommand(String classPath, String mainClass, List<String> options, List<String> programOptions) {
    /** The floor has the program's logging library on its class path, which logs everything until it is configured. */
    private static final List<String> NO_LOG = List.of("-Dtinylog.level=off");

    /** Copies the options. */
    public JavaCommand {
        options = List.copyOf(options);
        programOptions = List.copyOf(programOptions);
    }

    List<String> program(String... arguments) {
        return command(programOptions, mainClass, arguments);
    }

    List<String> floor(String... arguments) {
        return command(NO_LOG, BaselineServer.class.getName(), arguments);
    }

    private List<String> command(List<String> moreOptions, String main, String... arguments) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.add("--enable-native-access=ALL-UNNAMED"); // as in the program's manifest
        words.addAll(options);
        words.addAll(moreOptions);
        words.addAll(List.of("-cp", classPath, main));
        words.addAll(List.of(arguments));
        return words;
    }
}
