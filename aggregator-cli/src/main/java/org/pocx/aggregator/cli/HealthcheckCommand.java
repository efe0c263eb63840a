package org.pocx.aggregator.cli;

import com.beust.jcommander.Parameters;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.pocx.aggregator.cli.config.ConfigException;
import org.pocx.aggregator.cli.config.ConfigFile;
import org.pocx.aggregator.cli.control.ControlClient;
import org.pocx.aggregator.cli.control.ControlClient.NotThereException;
import org.pocx.aggregator.cli.control.ControlReply;
import org.pocx.aggregator.cli.log.Logging;

/**
 * {@code healthcheck}: asks the running program to check its miner port. If it has no control socket that this user may
 * use, this process sends the request to the port. Status 1 means that it is not healthy, 2 that the check is not possible.
 */
@Parameters
final class HealthcheckCommand extends OptionedCommand {
    /** The name of the command at the control socket. */
    static final String NAME = "health";

    /** For the running program's own request. */
    static final Duration PATIENCE = HealthRequest.PATIENCE.plusSeconds(1);

    @Override
    public int run(Terminal terminal) {
        Logging.silence();
        report(problem(terminal));
        terminal.out().println("OK");
        return 0;
    }

    private static void report(Optional<String> problem) {
        problem.ifPresent(text -> {
            throw new StartException(text);
        });
    }

    private Optional<String> problem(Terminal terminal) {
        try {
            ControlReply reply = ControlClient.ask(
                    ConfigFile.database(options().config(), terminal.directory(), terminal.environment()),
                    NAME,
                    PATIENCE);
            return reply.status() == 0 ? Optional.empty() : Optional.of(String.join(" ", reply.lines()));
        } catch (NotThereException noSocket) {
            return problemOfPort(terminal);
        } catch (TimeoutException e) {
            return Optional.of(port(terminal).late());
        }
    }

    private Optional<String> problemOfPort(Terminal terminal) {
        MinerPortHealth port = port(terminal);
        port.excluded().ifPresent(host -> {
            // The status differs from an unhealthy program, which a supervisor would restart.
            throw new ConfigException("server.allowed_networks does not include " + host
                    + ", so the healthcheck cannot connect: add it");
        });
        return port.problem();
    }

    private MinerPortHealth port(Terminal terminal) {
        return new MinerPortHealth(ConfigFile.read(options().config(), terminal.directory(), terminal.environment())
                .server());
    }
}
