package org.pocx.aggregator.simulator.farm;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.pocx.aggregator.simulator.time.Sleeper;

/**
 * A farm of stock miners that mine at one address: of an aggregator, or of the chain itself. What they find depends only
 * on the seed and the rounds.
 *
 * <p>A machine needs one or two connections and a few virtual threads, so that thousands fit in one process.
 *
 * <p>Thread-safe; guarded by its own monitor. Code that holds it may take a machine's monitor, but not the other way round.
 */
public final class SimulatedFarm implements AutoCloseable {
    private final FarmSettings settings;
    private final PlotScan plotScan;
    private final URI target;
    private final Sleeper sleeper;
    private final FarmLog log = new FarmLog();
    private final Map<InetAddress, Miner> miners = new LinkedHashMap<>();
    private boolean closed;

    /**
     * Creates a farm without machines.
     *
     * @param settings how its machines work
     * @param target where to mine: {@code http://host:port/path}
     * @param sleeper how machines wait
     */
    public SimulatedFarm(FarmSettings settings, URI target, Sleeper sleeper) {
        this(settings, new RandomScan(settings.seed()), target, sleeper);
    }

    private SimulatedFarm(FarmSettings settings, PlotScan plotScan, URI target, Sleeper sleeper) {
        this.settings = settings;
        this.plotScan = plotScan;
        this.target = target;
        this.sleeper = sleeper;
    }

    /**
     * Creates a farm whose machines start immediately.
     *
     * @param settings how its machines work
     * @param target where to mine: {@code http://host:port/path}
     * @param machines each with a different address
     * @return the farm, to be closed by the caller
     */
    public static SimulatedFarm start(FarmSettings settings, URI target, List<MachineSettings> machines) {
        SimulatedFarm farm = new SimulatedFarm(settings, target, Sleeper.real());
        farm.add(machines);
        return farm;
    }

    /**
     * Creates a farm whose machines scan real plots, and start immediately.
     *
     * @param settings how its machines work
     * @param plots the plots that they scan
     * @param target where to mine: {@code http://host:port/path}
     * @param machines each with a different address
     * @return the farm, to be closed by the caller
     */
    public static SimulatedFarm start(
            FarmSettings settings, MemoryPlots plots, URI target, List<MachineSettings> machines) {
        SimulatedFarm farm = new SimulatedFarm(settings, plots::scan, target, Sleeper.real());
        farm.add(machines);
        return farm;
    }

    /**
     * Adds and starts machines. Their polls are spread evenly over the interval.
     *
     * @param machines each with a different address
     * @throws IllegalArgumentException when the farm has a machine with one of these addresses
     * @throws IllegalStateException when the farm is closed
     */
    public synchronized void add(List<MachineSettings> machines) {
        if (closed) {
            throw new IllegalStateException("the farm is closed");
        }
        Duration step = settings.pollInterval().dividedBy(Math.max(1, machines.size()));
        for (int i = 0; i < machines.size(); i++) {
            MachineSettings machine = machines.get(i);
            Miner miner = new Miner(machine, settings, plotScan, target, log, sleeper, this::wakeWaiters);
            if (miners.putIfAbsent(machine.address(), miner) != null) {
                throw new IllegalArgumentException("the farm already has a machine with " + machine.address());
            }
            miner.start(step.multipliedBy(i));
        }
    }

    /**
     * Stops and removes a machine, whatever it is doing. Does nothing if the farm has no machine with this address.
     *
     * @param machine its address
     */
    public synchronized void remove(InetAddress machine) {
        Miner miner = miners.remove(machine);
        if (miner != null) {
            miner.close();
        }
    }

    /** {@return the number of machines} */
    public synchronized int size() {
        return miners.size();
    }

    /** {@return what the machines found and which answers they received, including machines that were removed} */
    public FarmLog log() {
        return log;
    }

    /**
     * Waits until every machine has scanned all of a round and has the results of all nonces that it sent.
     *
     * @param blockHash names the round: 64 lower-case hex characters
     * @param timeout in real time
     * @return false when the timeout is over
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public synchronized boolean awaitIdle(String blockHash, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!miners.values().stream().allMatch(miner -> miner.isIdle(blockHash))) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }

    private synchronized void wakeWaiters() {
        notifyAll();
    }

    /** Stops all machines. A nonce that was already sent may still arrive. Idempotent. */
    @Override
    public synchronized void close() {
        closed = true;
        new ArrayList<>(miners.values()).forEach(Miner::close);
        miners.clear();
    }
}
