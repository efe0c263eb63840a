package org.pocx.aggregator.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.pocx.aggregator.cli.config.ConfigFile;
import org.pocx.aggregator.cli.config.SampleConfig;
import org.pocx.aggregator.cli.control.ControlReply;
import org.pocx.aggregator.cli.control.ControlServer;

/**
 * Uses the parts of the program that the start archives are to contain, and that the launcher cannot reach in another way:
 * it makes the archives with the system property {@value #PROPERTY}, one from {@code demo} and one from {@code healthcheck}.
 */
final class StartRehearsal {
    private static final String PROPERTY = "pocx.prepare";
    private static final String CONFIG = "rehearsal.yaml";
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private StartRehearsal() {}

    static boolean isWanted() {
        return Boolean.getBoolean(PROPERTY);
    }

    /** Reads a configuration as {@code run} does. The folder is the caller's to delete. */
    static void readConfiguration(Path folder) {
        try {
            Files.writeString(folder.resolve(CONFIG), SampleConfig.text());
            ConfigFile.read(CONFIG, folder, Map.of());
        } catch (IOException e) {
            throw new StartException("cannot write the configuration of a rehearsal: " + e);
        }
    }

    /** Returns whether a rehearsal of {@code healthcheck} was wanted and has succeeded, with a program in this process. */
    static boolean passes(String[] args) {
        return isWanted() && args.length == 1 && args[0].equals("healthcheck") && passes();
    }

    private static boolean passes() {
        try {
            Path folder = Files.createTempDirectory("pocx-aggregator-");
            Path config = Files.writeString(folder.resolve(CONFIG), "database: { path: a.db }");
            boolean healthy = passes(folder);
            Files.delete(config);
            Files.delete(folder);
            return healthy;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean passes(Path folder) {
        return ControlServer.start(
                folder.resolve("a.db"),
                Map.of(HealthcheckCommand.NAME, () -> new ControlReply(0, List.of("OK"))),
                LIMIT)
                .map(server -> {
                    try (server) {
                        return QuickHealthcheck.passes(new String[] {"healthcheck", "-c", CONFIG}, folder, Map.of());
                    }
                })
                .orElse(false);
    }
}
