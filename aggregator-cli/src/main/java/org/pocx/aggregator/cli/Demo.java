package org.pocx.aggregator.cli;

import java.lang.System.Logger.Level;
import java.math.BigDecimal;
import java.math.MathContext;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pocx.aggregator.cli.config.HostPort;
import org.pocx.aggregator.cli.config.LogLevel;
import org.pocx.aggregator.cli.config.Settings;
import org.pocx.aggregator.cli.config.UpstreamCredentials;
import org.pocx.aggregator.cli.config.VerificationMode;
import org.pocx.aggregator.cli.log.LineLog;
import org.pocx.aggregator.cli.log.QueuedLog;
import org.pocx.aggregator.http.outbound.ProxySettings;
import org.pocx.aggregator.protocol.client.UpstreamKind;
import org.pocx.aggregator.simulator.Simulation;
import org.pocx.aggregator.simulator.SimulationListener;
import org.pocx.aggregator.simulator.SimulationSettings;
import org.pocx.aggregator.simulator.farm.Behaviour;
import org.pocx.aggregator.statistics.FarmStatistics;
import org.pocx.aggregator.statistics.MachineDirectory;

/** One run of the demo: it starts a simulated chain, the complete aggregator, and a simulated farm. */
final class Demo {
    private static final HostPort ANY_FREE_PORT = new HostPort("127.0.0.1", 0);
    private static final int MACHINES_WITH_METRICS = 100;
    private static final int CPU_PERCENT = 5;
    private static final Duration USUAL_BLOCK_TIME = Duration.ofMinutes(2);
    private static final Duration SLOWEST_POLL = Duration.ofSeconds(1);
    private static final Settings.Failover FAILOVER =
            new Settings.Failover(Duration.ofSeconds(2), Duration.ofSeconds(4));
    private static final Duration FASTEST_POLL = Duration.ofMillis(50);

    private final SimulationSettings simulated;
    private final int rounds;
    private final Path folder;
    private final Terminal terminal;

    /**
     * @param rounds the number of rounds after which it ends; 0 for no limit
     * @param folder the folder of the database
     */
    Demo(SimulationSettings simulated, int rounds, Path folder, Terminal terminal) {
        this.simulated = simulated;
        this.rounds = rounds;
        this.folder = folder;
        this.terminal = terminal;
    }

    void play() {
        StopSignal stop = terminal.stop();
        try (QueuedLog lines = new QueuedLog(Demo::isShown, this::print, System::nanoTime);
                Simulation simulation = Simulation.start(simulated, restarts(lines))) {
            DemoReport report = new DemoReport(simulated.blockTime(), lines, this::goesOn);
            try (Wiring wiring = Wiring.start(
                    settings(simulation.upstreamUris()), new MachineDirectory(), report, report)) {
                introduce(simulation, wiring);
                simulation.startFarm(url(wiring.miners(), "/"));
                stop.await();
                // The farm stops first. Otherwise it would report a closed port.
                simulation.close();
            }
        }
    }

    private static SimulationListener restarts(LineLog lines) {
        return new SimulationListener() {
            @Override
            public void nodeDown(URI node) {
                lines.log(Level.INFO, "node       restarts: good nonces wait until it is reachable again");
            }

            @Override
            public void nodeUp(URI node) {
                lines.log(Level.INFO, "node       is reachable again");
            }
        };
    }

    private boolean goesOn(int roundsEnded) {
        boolean over = rounds > 0 && roundsEnded >= rounds;
        if (over) {
            terminal.stop().request();
        }
        return !over;
    }

    private void introduce(Simulation simulation, Wiring wiring) {
        URI miners = url(wiring.miners(), "");
        URI dashboard = wiring.dashboard().map(at -> url(at, "")).orElse(miners);
        terminal.out().println(simulated.machines() + " simulated machines with " + simulated.accounts()
                + " accounts mine through a real aggregator on a simulated chain at " + simulation.upstreamUri());
        simulation.machines().stream()
                .filter(machine -> machine.behaviour() == Behaviour.BAD_PLOT)
                .forEach(machine -> terminal.out()
                        .println("machine " + machine.address().getHostAddress()
                                + " has a damaged plot file: the chain rejects its nonces, and the next best nonce is sent"));
        if (simulated.realProofs()) {
            terminal.out()
                    .println(
                            "the plots are real, in memory, and the chain computes each proof: a few nonces each, more of them"
                                    + " in the first seconds");
        }
        terminal.out()
                .println("a round takes about " + simulated.blockTime().toSeconds()
                        + " s of poc_time, which passes " + speed()
                        + " times as fast as real time; another farm wins most"
                        + " blocks");
        terminal.out().println("miner port   " + miners);
        terminal.out().println("dashboard    " + dashboard + "/");
        terminal.out().println("stats        " + dashboard + "/stats");
        terminal.out().println("Press Ctrl-C to stop. No files are left behind.");
        terminal.out().flush();
    }

    private String speed() {
        return BigDecimal.valueOf(simulated.speed())
                .round(new MathContext(3))
                .stripTrailingZeros()
                .toPlainString();
    }

    private static URI url(InetSocketAddress address, String path) {
        return URI.create("http://" + address.getHostString() + ":" + address.getPort() + path);
    }

    private static List<Settings.Endpoint> backups(List<URI> chains) {
        return IntStream.range(1, chains.size())
                .mapToObj(i -> new Settings.Endpoint(
                        "backup-" + i, chains.get(i), new UpstreamCredentials.None(), new ProxySettings.None(),
                        UpstreamKind.DIRECT))
                .toList();
    }

    private Settings settings(List<URI> chains) {
        return new Settings(
                new Settings.Server(ANY_FREE_PORT, 20_000, 65_536),
                new Settings.Upstream(
                        "simulated-chain",
                        chains.getFirst(),
                        new UpstreamCredentials.None(),
                        simulated.mode(),
                        simulated.blockTime(),
                        Duration.ofSeconds(5),
                        32,
                        false,
                        new Settings.Retry(0, Duration.ofSeconds(1), Duration.ofSeconds(16)),
                        new ProxySettings.None(),
                        UpstreamKind.DIRECT,
                        backups(chains),
                        FAILOVER),
                new Settings.Cache(pollInterval(), SLOWEST_POLL, simulated.blockTime()),
                new Settings.Database(folder.resolve("demo.db"), 1),
                Optional.of(new Settings.Dashboard(ANY_FREE_PORT)),
                new Settings.Metrics(MACHINES_WITH_METRICS),
                new Settings.Alerts(
                        Optional.empty(), "demo", FarmStatistics.DEFAULT_SILENT_ROUNDS, 1, new ProxySettings.None()),
                Map.of(),
                new Settings.Verification(
                        simulated.realProofs() ? VerificationMode.AUDIT : VerificationMode.OFF, CPU_PERCENT),
                new Settings.Logging(LogLevel.ERROR, Optional.empty()),
                List.of());
    }

    /** The usual interval for the usual block time, scaled to that of the simulation and to its speed, and limited. */
    private Duration pollInterval() {
        double blocks = (double) simulated.blockTime().toSeconds() / USUAL_BLOCK_TIME.toSeconds();
        Duration scaled = Duration.ofMillis((long) (SLOWEST_POLL.toMillis() * blocks / simulated.speed()));
        Duration notTooOften = scaled.compareTo(FASTEST_POLL) < 0 ? FASTEST_POLL : scaled;
        return notTooOften.compareTo(SLOWEST_POLL) > 0 ? SLOWEST_POLL : notTooOften;
    }

    private static boolean isShown(Level level) {
        return level.compareTo(Level.INFO) >= 0;
    }

    private void print(Level level, String line) {
        terminal.out().println(line);
        terminal.out().flush();
    }
}
