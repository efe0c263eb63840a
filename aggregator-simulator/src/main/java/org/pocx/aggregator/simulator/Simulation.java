package org.pocx.aggregator.simulator;

import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.SubmissionMode;
import org.pocx.aggregator.core.time.Scheduler;
import org.pocx.aggregator.core.time.SystemScheduler;
import org.pocx.aggregator.simulator.chain.BlockForger;
import org.pocx.aggregator.simulator.chain.ChainListener;
import org.pocx.aggregator.simulator.chain.ChainSettings;
import org.pocx.aggregator.simulator.chain.ClaimPolicy;
import org.pocx.aggregator.simulator.chain.ForgedBlock;
import org.pocx.aggregator.simulator.chain.ForgingRule;
import org.pocx.aggregator.simulator.chain.LedgerEntry;
import org.pocx.aggregator.simulator.chain.SimulatedChain;
import org.pocx.aggregator.simulator.farm.Behaviour;
import org.pocx.aggregator.simulator.farm.FarmPlan;
import org.pocx.aggregator.simulator.farm.FarmSettings;
import org.pocx.aggregator.simulator.farm.MachineSettings;
import org.pocx.aggregator.simulator.farm.SimulatedFarm;
import org.pocx.aggregator.simulator.node.ChainServer;
import org.pocx.aggregator.simulator.node.Dialect;
import org.pocx.aggregator.simulator.time.Speed;

/**
 * A whole world for an aggregator: a chain on a socket that forges by the best poc_time, and, once it is told where to
 * mine, a farm whose capacity fits the chain's difficulty.
 *
 * <p>Thread-safe; whether the farm is there, the node is down, and all is over is guarded by this object's monitor.
 */
public final class Simulation implements AutoCloseable {
    private static final double MEAN_TIB = 10;
    private static final double BASE_TARGET_OF_ONE_TIB_AND_SECOND = 0x1p42;
    private static final Duration LONGEST_SCAN = Duration.ofSeconds(30);
    private static final Duration FASTEST_POLL = Duration.ofMillis(100);
    private static final Duration STOCK_POLL = Duration.ofSeconds(1);
    private static final double UNEVENNESS = 0.2;
    private static final Duration OUTAGE = Duration.ofSeconds(2);
    private static final int WARM_UP = -28;
    private static final int WARM_UP_REQUESTS = 2;

    private final SimulationSettings settings;
    private final SimulationListener listener;
    private final Scheduler scheduler;
    private final List<MachineSettings> machines;
    private final SimulatedChain chain;
    private final ChainServer server;
    private final BlockForger forger;
    private final Speed speed;
    private @Nullable SimulatedFarm farm;
    private boolean down;
    private boolean closed;

    private Simulation(SimulationSettings settings, SimulationListener listener) {
        this.settings = settings;
        this.listener = listener;
        this.scheduler = new SystemScheduler("simulated-chain");
        this.machines = machines(settings);
        this.chain = new SimulatedChain(chainSettings(settings, machines));
        this.chain.onFalseClaim(claims(settings.mode()));
        this.chain.addListener(new Events());
        this.server = ChainServer.builder(chain).dialect(dialect(settings.mode())).start();
        this.speed = new Speed(settings.speed());
        this.forger = new BlockForger(chain, scheduler, rule(settings, speed));
    }

    private static ForgingRule rule(SimulationSettings settings, Speed speed) {
        return settings.evenRounds()
                ? new ForgingRule.ByPocTime(speed, 1 - UNEVENNESS, 1 + UNEVENNESS)
                : new ForgingRule.ByPocTime(speed);
    }

    /**
     * Starts a chain that is up and forges; nobody mines yet.
     *
     * @param settings chain, farm and what goes wrong
     * @param listener told in the threads of the simulation; must not block
     * @return the simulation; closing it is the caller's
     */
    public static Simulation start(SimulationSettings settings, SimulationListener listener) {
        Simulation simulation = new Simulation(settings, listener);
        simulation.forger.start();
        return simulation;
    }

    /** {@return where the chain is served} */
    public URI upstreamUri() {
        return server.uri();
    }

    /** {@return the machines of the farm, whether they mine yet or not; the ones with rotten plots come last} */
    public List<MachineSettings> machines() {
        return machines;
    }

    /** {@return the chain, its ledger included} */
    public SimulatedChain chain() {
        return chain;
    }

    /** {@return the server in front of the chain, with its faults} */
    public ChainServer server() {
        return server;
    }

    /**
     * The farm begins to mine at this address.
     *
     * @param target {@code http://host:port/path}, of an aggregator or of the chain itself
     * @return the farm, which ends with the simulation
     * @throws IllegalStateException when it mines somewhere already, or the simulation is closed
     */
    public synchronized SimulatedFarm pointFarmAt(URI target) {
        if (closed || farm != null) {
            throw new IllegalStateException(closed ? "the simulation is closed" : "the farm mines already");
        }
        farm = SimulatedFarm.start(farmSettings(settings), target, machines);
        return farm;
    }

    /** The node goes down, is away for 2 seconds, and loads its blocks for a few requests more. One that is down stays so. */
    public synchronized void restartNode() {
        if (down || closed) {
            return;
        }
        down = true;
        listener.nodeDown(server.uri());
        server.stop();
        chain.forget();
        server.faults().onEverything().times(WARM_UP_REQUESTS).error(WARM_UP, "Loading block index…");
        scheduler.schedule(OUTAGE, this::bringNodeUp);
    }

    /** When about half of the scan is done: nonces are on their way then. */
    private synchronized void scheduleRestart() {
        if (!closed) {
            scheduler.schedule(speed.byTheClock(settings.blockTime().toSeconds() / 8.0), this::restartNode);
        }
    }

    private synchronized void bringNodeUp() {
        if (closed) {
            return;
        }
        try {
            server.start();
            down = false;
            listener.nodeUp(server.uri());
        } catch (UncheckedIOException e) {
            scheduler.schedule(OUTAGE, this::bringNodeUp); // somebody else has the port for the moment
        }
    }

    /** Everything stops: the farm first, then the forging, then the node. Idempotent. */
    @Override
    public synchronized void close() {
        closed = true;
        if (farm != null) {
            farm.close();
        }
        forger.close();
        scheduler.close();
        server.close();
    }

    /** A node computes the quality itself, and never compares it with the claim. */
    private static ClaimPolicy claims(SubmissionMode mode) {
        return switch (mode) {
            case POOL -> ClaimPolicy.REJECT;
            case WALLET -> ClaimPolicy.ACCEPT_AT_TRUE_QUALITY;
        };
    }

    private static Dialect dialect(SubmissionMode mode) {
        return switch (mode) {
            case POOL -> Dialect.POOL;
            case WALLET -> Dialect.NODE;
        };
    }

    private static List<MachineSettings> machines(SimulationSettings settings) {
        List<MachineSettings> machines =
                new ArrayList<>(FarmPlan.of(settings.machines(), settings.accounts(), MEAN_TIB, settings.seed()));
        List<MachineSettings> rotten = machines.subList(machines.size() - settings.badMachines(), machines.size());
        rotten.replaceAll(machine -> machine.withBehaviour(Behaviour.BAD_PLOT));
        return List.copyOf(machines);
    }

    /** At this base target the honest part of the farm finds a block in a block time, on average. */
    private static ChainSettings chainSettings(SimulationSettings settings, List<MachineSettings> machines) {
        double tib = machines.stream()
                .filter(machine -> machine.behaviour() == Behaviour.HONEST)
                .mapToDouble(MachineSettings::capacityTib)
                .sum();
        double perSecond = BASE_TARGET_OF_ONE_TIB_AND_SECOND / Math.max(1, tib);
        return ChainSettings.genesis(settings.blockTime())
                .at(1_000, "simulation " + settings.seed())
                .withBaseTarget(Math.max(1, (long) (perSecond / settings.blockTime().toSeconds())));
    }

    /** The stock miner's ways, but no more than 10 polls a second by the clock, and no scan beyond half a block time. */
    private static FarmSettings farmSettings(SimulationSettings settings) {
        Duration halfBlock = settings.blockTime().dividedBy(2);
        Duration fastest = Duration.ofNanos((long) (FASTEST_POLL.toNanos() * settings.speed()));
        return FarmSettings.stockMiner(settings.mode(), settings.blockTime())
                .withSpeed(new Speed(settings.speed()))
                .withSeed(settings.seed())
                .withScanTime(halfBlock.compareTo(LONGEST_SCAN) < 0 ? halfBlock : LONGEST_SCAN)
                .withPollInterval(fastest.compareTo(STOCK_POLL) > 0 ? fastest : STOCK_POLL);
    }

    /** What happens on the chain, told on; and the restarts that follow from it. */
    private final class Events implements ChainListener {
        private long blocks;

        @Override
        public void judged(LedgerEntry entry) {
            if (entry.isAccepted()) {
                listener.accepted(entry);
            } else {
                listener.refused(entry);
            }
        }

        @Override
        public synchronized void forged(ForgedBlock block) {
            listener.forged(block);
            blocks++;
            int every = settings.restartEvery();
            if (every > 0 && blocks % every == every / 2) {
                scheduleRestart();
            }
        }
    }
}
