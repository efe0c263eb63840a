package org.pocx.aggregator.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.pocx.aggregator.cli.config.ConfigException;
import org.pocx.aggregator.cli.config.ConfigFile;
import org.pocx.aggregator.cli.control.ControlClient;
import org.pocx.aggregator.cli.control.ControlClient.NotThereException;

/**
 * The command {@code healthcheck} in its usual form, for a healthy program. It is run by a new process every minute or more
 * often, so it does without the parser of the command line, the log and the signals: they take most of the processor time
 * of a short command. In every other case {@link HealthcheckCommand} does the work, with its messages.
 */
final class QuickHealthcheck {
    private QuickHealthcheck() {}

    /** Returns whether the arguments ask for a healthcheck in its usual form, and the program is healthy. */
    static boolean passes(String[] args, Path directory, Map<String, String> environment) {
        return config(args).map(name -> isHealthy(name, directory, environment)).orElse(false);
    }

    /** Returns the configuration of {@code healthcheck}, {@code healthcheck -c FILE} and {@code -c FILE healthcheck}. */
    private static Optional<String> config(String[] args) {
        if (args.length == 1 && isCommand(args[0])) {
            return Optional.of(ConfigFile.DEFAULT_NAME);
        }
        if (args.length == 3 && isCommand(args[0]) && isOption(args[1])) {
            return Optional.of(args[2]);
        }
        return args.length == 3 && isOption(args[0]) && isCommand(args[2]) ? Optional.of(args[1]) : Optional.empty();
    }

    private static boolean isCommand(String arg) {
        return arg.equals("healthcheck");
    }

    private static boolean isOption(String arg) {
        return arg.equals("-c") || arg.equals("--config");
    }

    private static boolean isHealthy(String config, Path directory, Map<String, String> environment) {
        try {
            Path database = ConfigFile.database(config, directory, environment);
            return ControlClient.ask(database, HealthcheckCommand.NAME, HealthcheckCommand.PATIENCE).status() == 0;
        } catch (ConfigException | NotThereException | TimeoutException e) {
            return false;
        }
    }
}
