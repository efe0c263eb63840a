package org.pocx.aggregator.cli;

import com.beust.jcommander.ParameterException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.cli.config.ConfigException;
import org.pocx.aggregator.cli.log.Logging;
import org.pocx.aggregator.core.store.StoreException;
import org.pocx.aggregator.core.time.WallClock;
import org.pocx.aggregator.protocol.client.HttpClientProperties;
import org.pocx.aggregator.protocol.server.ListenException;

/** The entry point. {@link #run} maps every expected failure to a message and an exit status. */
public final class Main {
    private Main() {}

    /** Runs a command and ends the process with its status. */
    public static void main(String[] args) {
        if (QuickHealthcheck.passes(args, Path.of(""), System.getenv()) || StartRehearsal.passes(args)) {
            System.out.println("OK");
            // Nothing is open: the JDK's own way to the end would load the log.
            Runtime.getRuntime().halt(0);
        }
        int status = run(args, Terminal.ofProcess());
        // The JDK logs each exit, but a command that has not configured the log must not print it.
        Logging.silence();
        System.exit(status);
    }

    /**
     * Runs a command.
     *
     * @return 0 for success, 1 for a problem of the environment (for example a port in use), 2 for a wrong command line or
     *     configuration
     */
    static int run(String[] args, Terminal terminal) {
        // First, so that a service that is stopped during its start also shuts down cleanly.
        terminal.stop().arm();
        HttpClientProperties.apply();
        try {
            requireClock();
            Command command = CommandLine.parse(args);
            if (!command.endsInOrder()) {
                terminal.stop().disarm();
            }
            return command.run(terminal);
        } catch (ParameterException e) {
            return fail(terminal, CommandLine.explain(e), 2);
        } catch (ConfigException e) {
            return fail(terminal, e.getMessage(), 2);
        } catch (ListenException | StoreException | StartException e) {
            return fail(terminal, e.getMessage(), 1);
        } finally {
            terminal.out().flush();
        }
    }

    /** Checks the test setting of the clock here, so that a wrong one is a clear error. */
    private static void requireClock() {
        try {
            Objects.requireNonNull(WallClock.system());
        } catch (IllegalArgumentException e) {
            throw new StartException(String.valueOf(e.getMessage()));
        }
    }

    private static int fail(Terminal terminal, @Nullable String message, int status) {
        terminal.err().println("pocx-aggregator: " + message);
        return status;
    }
}
