package org.pocx.aggregator.cli;

import com.beust.jcommander.ParameterException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.cli.config.ConfigException;
import org.pocx.aggregator.cli.log.Logging;
import org.pocx.aggregator.core.store.StoreException;
import org.pocx.aggregator.core.time.WallClock;
import org.pocx.aggregator.protocol.client.HttpClientProperties;
import org.pocx.aggregator.protocol.server.ListenException;

/** The program's entry. {@link #run} maps every expected failure to a message and an exit status. */
public final class Main {
    private Main() {}

    /** Runs a command and ends the process with its status. */
    public static void main(String[] args) {
        int status = run(args, Terminal.ofProcess());
        // The JDK logs each exit; a command that had nothing to log has configured nothing, and shall say nothing.
        Logging.silence();
        System.exit(status);
    }

    /**
     * Runs a command.
     *
     * @return 0 when all went well, 1 when the world was against it (a port in use, a database refused), 2 when the
     *     command line or the configuration is wrong
     */
    static int run(String[] args, Terminal terminal) {
        // First of all: a service that is stopped while it starts shall end in order too.
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

    /** Whoever moves the clock wrongly is told so here, rather than by whatever reads it first. */
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
