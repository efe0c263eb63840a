package org.pocx.aggregator.simulator;

import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.SubmissionMode;
import org.pocx.aggregator.core.time.Scheduler;
import org.pocx.aggregator.simulator.chain.BlockForger;
import org.pocx.aggregator.simulator.chain.BlockTiming;
import org.pocx.aggregator.simulator.chain.ChainListener;
import org.pocx.aggregator.simulator.chain.ChainSettings;
import org.pocx.aggregator.simulator.chain.ForgedBlock;
import org.pocx.aggregator.simulator.chain.SimulatedChain;
import org.pocx.aggregator.simulator.farm.Behaviour;
import org.pocx.aggregator.simulator.farm.FarmPlan;
import org.pocx.aggregator.simulator.farm.FarmSettings;
import org.pocx.aggregator.simulator.farm.MachineSettings;
import org.pocx.aggregator.simulator.farm.MemoryPlots;
import org.pocx.aggregator.simulator.farm.Plot;
import org.pocx.aggregator.simulator.farm.RivalFarm;
import org.pocx.aggregator.simulator.farm.SimulatedFarm;
import org.pocx.aggregator.simulator.node.ChainServer;
import org.pocx.aggregator.simulator.node.Dialect;
import org.pocx.aggregator.simulator.time.Speed;

/**
 * The environment of an aggregator: a chain that forges blocks and is served on a socket, and a farm. The capacity of the
 * farm fits the difficulty of the chain.
 *
 * <p>Thread-safe; guarded by its own monitor.
 */
public final class Simulation implements AutoCloseable {
    private static final double MEAN_TIB = 10;
    private static final double BASE_TARGET_OF_ONE_TIB_AND_SECOND = 0x1p42;
    private static final Duration MAX_SCAN_TIME = Duration.ofSeconds(30);
    private static final Duration STOCK_POLL_INTERVAL = Duration.ofSeconds(1);
    private static final Duration MIN_REAL_POLL_INTERVAL = Duration.ofMillis(100);
    private static final int POLLS_PER_BLOCK = 20;
    private static final double MIN_EVEN_ROUND = 0.8;
    private static final double MAX_EVEN_ROUND = 1.2;

    /** Nonces of all real plots together: 32 MiB, plotted within ten seconds. */
    private static final int REAL_NONCES = 128;

    private static final int LEAST_REAL_NONCES = 2;
    private static final Duration DOWNTIME = Duration.ofSeconds(2);
    private static final int LOADING = -28;
    private static final int LOADING_REQUESTS = 2;

    private final SimulationSettings settings;
    private final SimulationListener listener;
    private final Scheduler scheduler = Scheduler.system("simulated-chain");
    private final Speed speed;
    private final List<MachineSettings> machines;
    private final Optional<MemoryPlots> plots;
    private final SimulatedChain chain;
    private final ChainServer server;
    private final BlockForger forger;
    private @Nullable SimulatedFarm farm;
    private boolean down;
    private boolean closed;

    private Simulation(SimulationSettings settings, SimulationListener listener) {
        this.settings = settings;
        this.listener = listener;
        this.speed = new Speed(settings.speed());
        this.machines = machines(settings);
        this.plots = settings.realProofs() ? Optional.of(plots(machines)) : Optional.empty();
        this.chain = chain(settings, machines);
        this.server = ChainServer.builder(chain).dialect(dialect(settings.mode())).start();
        this.forger = new BlockForger(chain, scheduler, timing(settings, speed));
        chain.addListener(new Restarts());
    }

    /**
     * Starts the chain and its server. The farm does not mine yet.
     *
     * @param settings of chain and farm
     * @param listener receives the restarts of the node
     * @return the simulation, to be closed by the caller
     */
    public static Simulation start(SimulationSettings settings, SimulationListener listener) {
        Simulation simulation = new Simulation(settings, listener);
        simulation.forger.start();
        if (settings.networkShare() < 1) {
            simulation.rival().start();
        }
        return simulation;
    }

    /** {@return the address of the chain's server} */
    public URI upstreamUri() {
        return server.uri();
    }

    /** {@return the machines of the farm, started or not; those with corrupt plots are the last} */
    public List<MachineSettings> machines() {
        return machines;
    }

    /** {@return the chain} */
    public SimulatedChain chain() {
        return chain;
    }

    /**
     * Starts the farm. The simulation closes it.
     *
     * @param target where to mine: {@code http://host:port/path}, of an aggregator or of the chain itself
     * @return the farm
     * @throws IllegalStateException when the farm is already started, or the simulation is closed
     */
    public synchronized SimulatedFarm startFarm(URI target) {
        if (closed || farm != null) {
            throw new IllegalStateException(closed ? "the simulation is closed" : "the farm is already started");
        }
        farm = plots.map(real -> SimulatedFarm.start(farmSettings(), real, target, machines))
                .orElseGet(() -> SimulatedFarm.start(farmSettings(), target, machines));
        return farm;
    }

    private synchronized void stopNode() {
        if (down || closed) {
            return;
        }
        down = true;
        listener.nodeDown(server.uri());
        server.stop();
        chain.clearBest();
        server.faults().onEverything().times(LOADING_REQUESTS).error(LOADING, "Loading block index…");
        scheduler.schedule(DOWNTIME, this::startNode);
    }

    private synchronized void startNode() {
        if (closed) {
            return;
        }
        try {
            server.start();
            down = false;
            listener.nodeUp(server.uri());
        } catch (UncheckedIOException e) {
            scheduler.schedule(DOWNTIME, this::startNode); // another program uses the port: try again
        }
    }

    /** Stops the farm, the forging and the server, in this order. Idempotent. */
    @Override
    public synchronized void close() {
        closed = true;
        if (farm != null) {
            farm.close();
        }
        plots.ifPresent(MemoryPlots::close);
        forger.close();
        scheduler.close();
        server.close();
    }

    private static Dialect dialect(SubmissionMode mode) {
        return switch (mode) {
            case POOL -> Dialect.POOL;
            case WALLET -> Dialect.NODE;
        };
    }

    private static BlockTiming timing(SimulationSettings settings, Speed speed) {
        return settings.evenRounds()
                ? new BlockTiming(speed, MIN_EVEN_ROUND, MAX_EVEN_ROUND)
                : new BlockTiming(speed);
    }

    private static List<MachineSettings> machines(SimulationSettings settings) {
        List<MachineSettings> machines =
                new ArrayList<>(FarmPlan.of(settings.machines(), settings.accounts(), MEAN_TIB, settings.seed()));
        if (settings.realProofs()) {
            machines.replaceAll(machine -> withRealPlot(machine, noncesOfAPlot(machines.size())));
        }
        machines.subList(machines.size() - settings.badMachines(), machines.size())
                .replaceAll(machine -> machine.withBehaviour(Behaviour.BAD_PLOT));
        return List.copyOf(machines);
    }

    private static int noncesOfAPlot(int machines) {
        return Math.max(LEAST_REAL_NONCES, REAL_NONCES / machines);
    }

    private static MachineSettings withRealPlot(MachineSettings machine, int nonces) {
        Plot plot = machine.plots().getFirst();
        Plot real = new Plot(plot.accountId(), plot.seed(), 0, MemoryPlots.tib(nonces));
        return new MachineSettings(machine.address(), List.of(real), machine.behaviour());
    }

    private static MemoryPlots plots(List<MachineSettings> machines) {
        return MemoryPlots.start(
                machines.stream().flatMap(machine -> machine.plots().stream()).toList(),
                noncesOfAPlot(machines.size()));
    }

    private RivalFarm rival() {
        SplittableRandom random = new SplittableRandom(~settings.seed());
        String account = "%016x%016x%08x".formatted(random.nextLong(), random.nextLong(), random.nextInt());
        String seed = "%016x".formatted(random.nextLong()).repeat(4);
        double tib = honestTib(machines) * (1 / settings.networkShare() - 1);
        return new RivalFarm(chain, new Plot(account, seed, 1, Math.max(tib, Double.MIN_NORMAL)), random.nextLong());
    }

    private static double honestTib(List<MachineSettings> machines) {
        return machines.stream()
                .filter(machine -> machine.behaviour() == Behaviour.HONEST)
                .mapToDouble(MachineSettings::capacityTib)
                .sum();
    }

    /** The base target is such that the honest machines and the other farm find a block per block time, on average. */
    private static SimulatedChain chain(SimulationSettings settings, List<MachineSettings> machines) {
        double tib = honestTib(machines) / settings.networkShare();
        double leastTib = settings.realProofs() ? MemoryPlots.tib(1) : 1;
        double perSecond = BASE_TARGET_OF_ONE_TIB_AND_SECOND / Math.max(leastTib, tib);
        ChainSettings chosen = ChainSettings.genesis(settings.blockTime())
                .at(1_000, "simulation " + settings.seed())
                .withBaseTarget(Math.max(1, (long) (perSecond / settings.blockTime().toSeconds())));
        SimulatedChain chain = settings.realProofs()
                ? new SimulatedChain(chosen, MemoryPlots::provenQuality, 0)
                : new SimulatedChain(chosen);
        chain.acceptFalseClaims(settings.mode() == SubmissionMode.WALLET); // a node does not compare quality and claim
        return chain;
    }

    /**
     * The stock miner, with at most 10 polls a second of real time, and a scan of at most half a block time. In short
     * rounds it polls more often.
     */
    private FarmSettings farmSettings() {
        Duration halfBlock = settings.blockTime().dividedBy(2);
        Duration poll = min(STOCK_POLL_INTERVAL, settings.blockTime().dividedBy(POLLS_PER_BLOCK));
        Duration minPoll = Duration.ofNanos((long) (MIN_REAL_POLL_INTERVAL.toNanos() * settings.speed()));
        return FarmSettings.stockMiner(settings.mode(), settings.blockTime())
                .withSpeed(speed)
                .withSeed(settings.seed())
                .withScanTime(min(halfBlock, MAX_SCAN_TIME))
                .withPollInterval(minPoll.compareTo(poll) > 0 ? minPoll : poll);
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Restarts the node every few blocks. */
    private final class Restarts implements ChainListener {
        private long blocks;

        @Override
        public void forged(ForgedBlock block) {
            synchronized (Simulation.this) {
                blocks++;
                int every = settings.restartEvery();
                if (!closed && every > 0 && blocks % every == every / 2) {
                    // About half of the scan is done then, and the miners are sending nonces.
                    scheduler.schedule(speed.toReal(settings.blockTime().toSeconds() / 8.0), Simulation.this::stopNode);
                }
            }
        }
    }
}
