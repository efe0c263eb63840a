package org.pocx.aggregator.cli;

import java.io.File;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pocx.aggregator.bench.JavaCommand;

/** The command that starts the Java processes of a benchmark, with the options of this process. */
final class BenchJava {
    /** The name of the program's own HTTP engine. */
    static final String OWN_ENGINE = "own";

    private static final String JDK_ENGINE = "jdk";
    private static final String JDK_PROVIDER = "sun.net.httpserver.DefaultHttpServerProvider";
    private static final String ENGINE_PROPERTY = "-Dcom.sun.net.httpserver.HttpServerProvider=";

    /** Two processes cannot listen on the same port or write the same recording. */
    private static final List<String> NOT_INHERITED =
            List.of("-agentlib:", "-agentpath:", "-javaagent:", "-XX:StartFlightRecording", "-Xlog", ENGINE_PROPERTY);

    private static final Pattern SPACES = Pattern.compile("\\s+");

    /** Upper bound of the files that a process has open in addition to the connections of its miners. */
    private static final long OTHER_FILES = 256;

    private BenchJava() {}

    /**
     * @param engine "own", "jdk", or the class name of a provider
     * @param more an addition to the class path, for example for that provider
     * @param programOptions Java options for the program only, separated by spaces
     */
    static JavaCommand command(String engine, Optional<String> more, String programOptions) {
        List<String> options = new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> NOT_INHERITED.stream().noneMatch(option::startsWith))
                .toList());
        switch (engine) {
            case OWN_ENGINE -> {}
            case JDK_ENGINE -> options.add(ENGINE_PROPERTY + JDK_PROVIDER);
            default -> options.add(ENGINE_PROPERTY + engine);
        }
        List<String> alone = SPACES.splitAsStream(programOptions)
                .filter(option -> !option.isEmpty())
                .toList();
        return new JavaCommand(classPath(more), Main.class.getName(), options, alone);
    }

    /** Absolute paths, because the child processes run in other folders. */
    private static String classPath(Optional<String> more) {
        return Stream.concat(Stream.of(System.getProperty("java.class.path")), more.stream())
                .flatMap(Pattern.compile(Pattern.quote(File.pathSeparator))::splitAsStream)
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Returns how many connections this process can open and a child process can serve, and reports it if they are fewer than wanted. */
    static int affordable(int wanted, Optional<FileDescriptors> descriptors, PrintStream err) {
        // The program reserves an eighth for its dashboard.
        long most = descriptors
                .map(files -> Math.max(1, (files.max() - OTHER_FILES) / 8 * 7))
                .orElse((long) wanted);
        if (most >= wanted) {
            return wanted;
        }
        err.println("This process may have " + descriptors.orElseThrow().max()
                + " files open (ulimit -n): " + most + " connections will poll instead of " + wanted);
        return (int) most;
    }
}
