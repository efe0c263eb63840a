package org.pocx.aggregator.cli;

import com.beust.jcommander.Parameters;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.pocx.aggregator.cli.config.ConfigFile;
import org.pocx.aggregator.cli.config.HostPort;
import org.pocx.aggregator.cli.config.Settings;
import org.pocx.aggregator.cli.config.ValueType;
import org.pocx.aggregator.cli.control.ControlReply;
import org.pocx.aggregator.cli.control.ControlServer;
import org.pocx.aggregator.cli.log.Logging;
import org.pocx.aggregator.cli.log.LoggingListener;
import org.pocx.aggregator.cli.log.QueuedLog;
import org.pocx.aggregator.core.store.StoreException;
import org.pocx.aggregator.protocol.server.HttpEngineProperties;
import org.pocx.aggregator.protocol.server.ListenException;
import org.pocx.aggregator.statistics.MachineDirectory;

/** {@code run}: runs the aggregator until a signal ends it. */
@Parameters
final class RunCommand extends OptionedCommand {
    /** One second less than documented. */
    static final Duration STOP_WITHIN = Duration.ofSeconds(9);

    /** The longest time for a command to the running program. */
    private static final Duration CONTROL_LIMIT = ReloadCommand.PATIENCE.plusSeconds(10);

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
        // Not earlier: the first logger freezes the configuration of the log.
        System.Logger log = System.getLogger("org.pocx.aggregator");
        logProblem.ifPresent(problem -> log.log(Level.WARNING, problem));
        settings.warnings().forEach(warning -> log.log(Level.WARNING, warning));
        HttpEngineProperties.apply(settings.server().maxConnections());
        SighupHandler hangUp = new SighupHandler(() -> reopenLog(log, ReloadCause.SIGHUP));
        terminal.stop().onHangUp(hangUp);
        try {
            serve(settings, terminal, log, hangUp);
        } catch (ListenException | StoreException | StartException e) {
            // The caller prints it on the console, but the log file of a service would stay empty.
            Logging.logToFile("Not started: " + e.getMessage());
            throw e;
        }
        return 0;
    }

    private Settings read(Terminal terminal) {
        return ConfigFile.read(options().config(), terminal.directory(), terminal.environment());
    }

    private void apply(Settings changed, Wiring wiring) {
        Logging.setLevel(options().logLevel().orElse(changed.logging().level()));
        wiring.update(changed);
    }

    private static void reopenLog(System.Logger log, ReloadCause cause) {
        if (Logging.reopenFile()) {
            log.log(Level.INFO, "The log file was reopened (" + cause + ")");
        }
    }

    private void serve(Settings settings, Terminal terminal, System.Logger log, SighupHandler hangUp) {
        StopSignal stop = terminal.stop();
        Settings.Upstream upstream = settings.upstream();
        try (QueuedLog events = new QueuedLog(log::isLoggable, log::log, System::nanoTime)) {
            if (stop.isRequested()) {
                log.log(Level.INFO, "Stopped during the start");
                return;
            }
            MachineDirectory directory = new MachineDirectory();
            LoggingListener listener =
                    new LoggingListener(upstream.name(), upstream.blockTime(), events, directory);
            Wiring wiring = Wiring.start(settings, directory, listener, listener);
            AtomicReference<Settings> current = new AtomicReference<>(settings);
            ConfigReload reload = new ConfigReload(
                    settings,
                    () -> read(terminal),
                    changed -> {
                        apply(changed, wiring);
                        current.set(changed);
                    },
                    log);
            hangUp.reloadBy(() -> reload.reload(ReloadCause.SIGHUP));
            // After the store was opened: only who has the lock of the database may have its socket.
            Optional<ControlServer> control = control(settings, current::get, reload, log);
            announce(settings, wiring, log);
            stop.await();
            control.ifPresent(ControlServer::close);
            log.log(Level.INFO, "Stopping: draining requests, then flushing to disk");
            try (StopSignal.Guard limit = stop.limit(STOP_WITHIN, 0)) {
                wiring.close();
                events.close();
            }
            log.log(Level.INFO, "Stopped");
        }
    }

    private static Optional<ControlServer> control(
            Settings settings, Supplier<Settings> current, ConfigReload reload, System.Logger log) {
        Map<String, Supplier<ControlReply>> commands = Map.of(
                HealthcheckCommand.NAME,
                () -> new MinerPortHealth(settings.server().with(current.get().server().access())).reply(),
                ReloadCommand.NAME,
                () -> {
                    reopenLog(log, ReloadCause.COMMAND);
                    return reload.reload(ReloadCause.COMMAND).reply();
                });
        return ControlServer.start(settings.database().path(), commands, CONTROL_LIMIT);
    }

    private static void announce(Settings settings, Wiring wiring, System.Logger log) {
        Settings.Upstream upstream = settings.upstream();
        log.log(
                Level.INFO,
                "pocx-aggregator " + VersionCommand.version() + ": miners at "
                        + text(settings.server().listen(), wiring.miners()) + ", upstream "
                        + upstream.name() + " at " + upstream.urlWithoutQuery() + upstream.proxy().suffix() + " ("
                        + ValueType.nameOf(upstream.mode())
                        + " mode), database " + settings.database().name()
                        + dashboard(settings, wiring));
    }

    private static String dashboard(Settings settings, Wiring wiring) {
        return settings.dashboard()
                .flatMap(settled -> wiring.dashboard().map(at -> ", dashboard at " + text(settled.listen(), at)))
                .orElse(", no dashboard");
    }

    /** Returns the host as it is configured, because the system often writes it in another way. */
    static String text(HostPort configured, InetSocketAddress bound) {
        return new HostPort(configured.host(), bound.getPort()).toString();
    }
}
