package org.pocx.aggregator.cli;

import com.beust.jcommander.Parameters;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.pocx.aggregator.cli.config.ConfigException;
import org.pocx.aggregator.cli.config.ConfigFile;
import org.pocx.aggregator.cli.control.ControlClient;
import org.pocx.aggregator.cli.control.ControlClient.NotThereException;
import org.pocx.aggregator.cli.control.ControlReply;
import org.pocx.aggregator.cli.log.Logging;

/**
 * {@code reload}: makes the running program read its configuration again, as SIGHUP does, and reports the result. Status 1
 * means that no program answers, 2 that the configuration is wrong and was not applied.
 */
@Parameters
final class ReloadCommand extends OptionedCommand {
    /** The name of the command at the control socket. */
    static final String NAME = "reload";

    /** Longer than a reload from a slow disk takes. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    @Override
    public int run(Terminal terminal) {
        Logging.silence();
        Path database = database(terminal);
        try {
            ControlReply reply = ControlClient.ask(database, NAME, PATIENCE);
            PrintStream shown = reply.status() == 0 ? terminal.out() : terminal.err();
            reply.lines().forEach(shown::println);
            return reply.status();
        } catch (NotThereException e) {
            throw new StartException("not reloaded: no aggregator with the database " + database + " answers ("
                    + e.getMessage() + "). Is it running, as this user, with this configuration?"
                    + " A changed database.path needs a restart.");
        } catch (TimeoutException e) {
            throw new StartException("the aggregator did not answer within " + PATIENCE.toSeconds()
                    + " s: whether it was reloaded, its log shows");
        }
    }

    private Path database(Terminal terminal) {
        try {
            return ConfigFile.database(options().config(), terminal.directory(), terminal.environment());
        } catch (ConfigException wrong) {
            throw new ConfigException(ReloadReport.NOT_RELOADED + System.lineSeparator() + wrong.getMessage());
        }
    }
}
