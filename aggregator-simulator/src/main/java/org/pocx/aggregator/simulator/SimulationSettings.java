package org.pocx.aggregator.simulator;

import java.time.Duration;
import java.util.Objects;
import org.pocx.aggregator.core.SubmissionMode;
import org.pocx.aggregator.simulator.farm.FarmPlan;

/**
 * A chain and a farm to simulate.
 *
 * @param machines 1 to {@value FarmPlan#MAX_MACHINES}
 * @param accounts 1 or more; dealt out to the machines in turn
 * @param blockTime how long a block should take, in simulated time; 1 second to 1 day
 * @param speed above 0: how much faster than the clock simulated time passes
 * @param seed the same one gives the same farm
 * @param mode whether the chain is served by a wallet's node or by a pool
 * @param badMachines 0 to machines: how many of them have rotten plots
 * @param restartEvery the node restarts once in that many blocks, the first time after half of them, in the middle of a
 *     round; 0 for never
 * @param evenRounds whether each round takes about a block time (a fifth more or less), for onlookers; else rounds are
 *     as uneven as on a real chain
 */
public record SimulationSettings(
        int machines,
        int accounts,
        Duration blockTime,
        double speed,
        long seed,
        SubmissionMode mode,
        int badMachines,
        int restartEvery,
        boolean evenRounds) {

    /**
     * Takes settings that a simulation can run with.
     *
     * @throws IllegalArgumentException when a value is out of its range
     */
    public SimulationSettings {
        Objects.requireNonNull(blockTime, "blockTime");
        Objects.requireNonNull(mode, "mode");
        check(machines >= 1 && machines <= FarmPlan.MAX_MACHINES, "machines: 1 to " + FarmPlan.MAX_MACHINES);
        check(accounts >= 1, "accounts: 1 or more");
        check(blockTime.toSeconds() >= 1 && blockTime.toSeconds() <= 86_400, "block time: 1 second to 1 day");
        check(speed > 0 && !Double.isInfinite(speed), "speed: above 0");
        check(badMachines >= 0 && badMachines <= machines, "bad machines: 0 to the number of machines");
        check(restartEvery >= 0, "restarts: every so many blocks, or 0");
    }

    private static void check(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }

    /**
     * {@return settings of 20 machines of 4 accounts at a pool, a block in 12 seconds or so, and nothing that goes
     * wrong}
     */
    public static SimulationSettings small() {
        return new SimulationSettings(20, 4, Duration.ofMinutes(2), 10, 1, SubmissionMode.POOL, 0, 0, false);
    }
}
