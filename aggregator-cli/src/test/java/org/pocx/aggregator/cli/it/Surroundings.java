package org.pocx.aggregator.cli.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps what whoever runs the tests has around them away from the programs under test: ignored signals, such as SIGHUP
 * under {@code nohup}, which a JVM leaves alone, and settings for every JVM and curl.
 */
final class Surroundings {
    /** Of GNU's coreutils alone. It becomes the command, which has its process id then. */
    private static final List<String> WITH_DEFAULT_SIGNALS = List.of("env", "--default-signal");

    private static final List<String> SETTINGS = List.of(
            "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "JAVA_OPTS", "POCX_JAVA_OPTS", "http_proxy", "HTTP_PROXY",
            "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY");

    private static final boolean RESETS_SIGNALS = succeeds("env", "--default-signal", "true");

    /** A shell cannot trap what was ignored when it started. */
    private static final boolean HEARS_HANG_UP =
            RESETS_SIGNALS || succeeds("sh", "-c", "trap 'exit 0' HUP; kill -HUP $$; exit 1");

    private Surroundings() {}

    /** Only the tests' clock is passed on, to programs that the launcher starts. */
    static void removeSettings(ProcessBuilder command) {
        command.environment().keySet().removeAll(SETTINGS);
        command.environment().put("POCX_JAVA_OPTS", TestClock.OPTION);
    }

    /** Starts this command without them all. */
    static Process startWithout(ProcessBuilder command) throws IOException {
        removeSettings(command);
        if (RESETS_SIGNALS) {
            List<String> words = new ArrayList<>(WITH_DEFAULT_SIGNALS);
            words.addAll(command.command());
            command.command(words);
        }
        return command.start();
    }

    /** Skips the test where programs that it starts do not hear SIGHUP. */
    static void assumeHangUpIsHeard() {
        String missing = "SIGHUP is ignored here, as under nohup, and no env --default-signal is there to undo it";
        if (!HEARS_HANG_UP) {
            System.out.println("SKIPPED: " + missing);
        }
        assumeTrue(HEARS_HANG_UP, missing);
    }

    private static boolean succeeds(String... command) {
        try {
            return SmallDisk.run(command);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
