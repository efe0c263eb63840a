package org.pocx.aggregator.simulator.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How the processes of a benchmark are started: by the Java that runs this one.
 *
 * @param classPath as the option {@code -cp} takes it; no relative paths
 * @param mainClass of the program that is measured
 * @param options for the Java of the program and of the floor
 * @param programOptions for that of the program alone; a profiler's, say
 */
public record JavaCommand(String classPath, String mainClass, List<String> options, List<String> programOptions) {
    /**
     * Where the program's log is on the class path, it tells everything until it is configured, and some engines have
     * much to tell of each request.
     */
    private static final String SILENT = "-Dtinylog.level=off";

    /** Copies the options. */
    public JavaCommand {
        options = List.copyOf(options);
        programOptions = List.copyOf(programOptions);
    }

    List<String> program(String... arguments) {
        List<String> all = new ArrayList<>(options);
        all.addAll(programOptions);
        return command(all, mainClass, arguments);
    }

    List<String> floor(String... arguments) {
        List<String> all = new ArrayList<>(options);
        all.add(SILENT);
        return command(all, FloorServer.class.getName(), arguments);
    }

    private List<String> command(List<String> javaOptions, String main, String... arguments) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.add("--enable-native-access=ALL-UNNAMED"); // as the program's manifest has it
        words.addAll(javaOptions);
        words.addAll(List.of("-cp", classPath, main));
        words.addAll(List.of(arguments));
        return words;
    }
}
