package org.pocx.aggregator.simulator.farm;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.pocx.aggregator.core.SubmissionMode;
import org.pocx.aggregator.core.time.WallClock;
import org.pocx.aggregator.simulator.time.Sleeper;

/**
 * A farm of stock miners that mine at one address: an aggregator's, or straight at a chain's. What they find follows from
 * the settings' seed and the rounds alone.
 *
 * <p>A machine costs two virtual threads and a connection or two, so that thousands fit in one process.
 *
 * <p>Thread-safe; the machines are guarded by a lock that is taken before a machine's own.
 */
public final class SimulatedFarm implements AutoCloseable {
    private final FarmSettings settings;
    private final URI target;
    private final Sleeper sleeper;
    private final InstantSource clock;
    private final FarmLedger ledger = new FarmLedger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private final Map<InetAddress, Miner> miners = new LinkedHashMap<>();
    private boolean closed;

    /**
     * A farm without machines.
     *
     * @param settings how its machines behave
     * @param target where to mine: {@code http://host:port/path}
     * @param sleeper how machines wait
     * @param clock the wall clock that entries of the ledger are dated by
     */
    public SimulatedFarm(FarmSettings settings, URI target, Sleeper sleeper, InstantSource clock) {
        this.settings = settings;
        this.target = target;
        this.sleeper = sleeper;
        this.clock = clock;
    }

    /**
     * Starts a farm by the machine's clock, whose machines begin to mine at once.
     *
     * @param settings how its machines behave
     * @param target where to mine: {@code http://host:port/path}
     * @param machines no two at one address
     * @return the farm; closing it is the caller's
     */
    public static SimulatedFarm start(FarmSettings settings, URI target, List<MachineSettings> machines) {
        SimulatedFarm farm = new SimulatedFarm(settings, target, Sleeper.real(), WallClock.system());
        farm.join(machines);
        return farm;
    }

    /**
     * Machines join and begin to mine, their polls spread evenly over the interval.
     *
     * @param machines no two at one address
     * @throws IllegalArgumentException when one has the address of a machine that is there
     * @throws IllegalStateException when the farm is closed
     */
    public void join(List<MachineSettings> machines) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the farm is closed");
            }
            Duration step = settings.pollInterval().dividedBy(Math.max(1, machines.size()));
            for (int i = 0; i < machines.size(); i++) {
                add(machines.get(i)).start(step.multipliedBy(i));
            }
        } finally {
            lock.unlock();
        }
    }

    private Miner add(MachineSettings machine) {
        Miner miner = new Miner(machine, settings, target, ledger, sleeper, clock, this::signalIdle);
        if (miners.putIfAbsent(machine.address(), miner) != null) {
            throw new IllegalArgumentException("there is a machine at " + machine.address() + " already");
        }
        return miner;
    }

    /**
     * A machine leaves in the middle of what it does. Nothing happens when there is none of this address.
     *
     * @param machine its address
     */
    public void leave(InetAddress machine) {
        Miner miner;
        lock.lock();
        try {
            miner = miners.remove(machine);
        } finally {
            lock.unlock();
        }
        if (miner != null) {
            miner.close();
        }
    }

    /** {@return how many machines there are} */
    public int size() {
        lock.lock();
        try {
            return miners.size();
        } finally {
            lock.unlock();
        }
    }

    /** {@return what the machines found and what they were told, those that left included} */
    public FarmLedger ledger() {
        return ledger;
    }

    /** {@return what a machine sends: each account's improvements, or only overall ones} */
    public SubmissionMode mode() {
        return settings.mode();
    }

    /**
     * Waits until every machine has seen the round of this block hash, scanned all of it, and knows what became of all that
     * it sent.
     *
     * @param blockHash 64 lower-case hex characters
     * @param patience by the clock
     * @return whether it came to that in time
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public boolean awaitQuiescent(String blockHash, Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (!isQuiescent(blockHash)) {
                if (left <= 0) {
                    return false;
                }
                left = idle.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean isQuiescent(String blockHash) {
        return miners.values().stream().allMatch(miner -> miner.isQuiescent(blockHash));
    }

    private void signalIdle() {
        lock.lock();
        try {
            idle.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** All machines leave. What is on its way may arrive even so. Idempotent. */
    @Override
    public void close() {
        List<Miner> leaving;
        lock.lock();
        try {
            closed = true;
            leaving = new ArrayList<>(miners.values());
            miners.clear();
        } finally {
            lock.unlock();
        }
        leaving.forEach(Miner::close);
    }
}
