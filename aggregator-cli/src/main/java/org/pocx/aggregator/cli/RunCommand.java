package org.pocx.aggregator.cli;

import com.beust.jcommander.Parameters;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.pocx.aggregator.cli.config.ConfigFile;
import org.pocx.aggregator.cli.config.HostPort;
import org.pocx.aggregator.cli.config.Settings;
import org.pocx.aggregator.cli.config.ValueType;
import org.pocx.aggregator.cli.log.Logging;
import org.pocx.aggregator.cli.log.LoggingListener;
import org.pocx.aggregator.cli.log.QueuedLog;
import org.pocx.aggregator.core.store.StoreException;
import org.pocx.aggregator.protocol.server.HttpEngineProperties;
import org.pocx.aggregator.protocol.server.ListenException;

/** {@code run}: the aggregator, until a signal ends it. */
@Parameters
final class RunCommand extends OptionedCommand {
    /** A second below what an operator is promised. */
    static final Duration STOP_WITHIN = Duration.ofSeconds(9);

    @Override
    public boolean endsInOrder() {
        return true;
    }

    @Override
    public int run(Terminal terminal) {
        Settings settings = read(terminal);
        Optional<String> logProblem = Logging.configure(
                options().logLevel().orElse(settings.logging().level()),
                settings.logging().file(),
                Logging.Console.OUT);
        // Only now: whoever asks for a logger earlier freezes the log's configuration.
        System.Logger log = System.getLogger("org.pocx.aggregator");
        logProblem.ifPresent(problem -> log.log(Level.WARNING, problem));
        settings.warnings().forEach(warning -> log.log(Level.WARNING, warning));
        HttpEngineProperties.apply(settings.server().maxConnections());
        SighupHandler hangUp = new SighupHandler(() -> reopenLog(log));
        terminal.stop().onHangUp(hangUp);
        try {
            serve(settings, terminal, log, hangUp);
        } catch (ListenException | StoreException | StartException e) {
            // The console gets it from whoever catches this; a service's log file would stay empty.
            Logging.logToFile("Not started: " + e.getMessage());
            throw e;
        }
        return 0;
    }

    private Settings read(Terminal terminal) {
        return ConfigFile.read(options().config(), terminal.directory(), terminal.environment());
    }

    private void takeUp(Settings changed, Wiring wiring) {
        Logging.setLevel(options().logLevel().orElse(changed.logging().level()));
        wiring.update(changed);
    }

    private static void reopenLog(System.Logger log) {
        if (Logging.reopenFile()) {
            log.log(Level.INFO, "The log file is opened anew (SIGHUP)");
        }
    }

    private void serve(Settings settings, Terminal terminal, System.Logger log, SighupHandler hangUp) {
        StopSignal stop = terminal.stop();
        Settings.Upstream upstream = settings.upstream();
        try (QueuedLog events = new QueuedLog(log::isLoggable, log::log, System::nanoTime)) {
            if (stop.isRequested()) {
                log.log(Level.INFO, "Stopped before anything was opened");
                return;
            }
            LoggingListener listener = new LoggingListener(upstream.name(), upstream.blockTime(), events);
            Wiring wiring = Wiring.start(settings, List.of(listener));
            hangUp.reloadBy(new Reload(settings, () -> read(terminal), changed -> takeUp(changed, wiring), log));
            announce(settings, wiring, log);
            stop.await();
            log.log(Level.INFO, "Stopping: running requests may end, then everything is made durable");
            try (StopSignal.Guard limit = stop.limit(STOP_WITHIN, 0)) {
                wiring.close();
                events.close();
            }
            log.log(Level.INFO, "Stopped");
        }
    }

    private static void announce(Settings settings, Wiring wiring, System.Logger log) {
        Settings.Upstream upstream = settings.upstream();
        log.log(
                Level.INFO,
                "pocx-aggregator " + VersionCommand.version() + ": miners at "
                        + text(settings.server().listen(), wiring.miners()) + ", upstream "
                        + upstream.name() + " at " + upstream.urlWithoutQuery() + " ("
                        + ValueType.nameOf(upstream.mode())
                        + " mode), database " + settings.database().path()
                        + dashboard(settings, wiring));
    }

    private static String dashboard(Settings settings, Wiring wiring) {
        return settings.dashboard()
                .flatMap(settled -> wiring.dashboard().map(at -> ", dashboard at " + text(settled.listen(), at)))
                .orElse(", no dashboard");
    }

    /** As it is configured: what the system makes of it is seldom how anybody writes it. */
    static String text(HostPort configured, InetSocketAddress bound) {
        return new HostPort(configured.host(), bound.getPort()).toString();
    }
}
