package org.pocx.aggregator.simulator;

import java.time.Duration;
import java.util.Objects;
import org.pocx.aggregator.core.SubmissionMode;
import org.pocx.aggregator.simulator.farm.FarmPlan;

/**
 * The settings of a chain and a farm.
 *
 * @param machines 1 to {@value FarmPlan#MAX_MACHINES}
 * @param accounts 1 or more; the machines share them evenly
 * @param blockTime the average time between blocks, in simulated time; 1 second to 1 day
 * @param speed the ratio of simulated time to real time; above 0
 * @param seed equal seeds give equal farms
 * @param mode whether the chain is served by a node with a wallet or by a pool
 * @param badMachines how many machines have corrupt plots; 0 to machines
 * @param restartEvery after how many blocks the node restarts, each time in the middle of a round. The first restart is
 *     after half of that number. 0 for never
 * @param evenRounds whether each round takes 80 to 120 % of the block time, for demonstrations. Otherwise rounds vary as on
 *     a real chain
 * @param networkShare the farm's share of the network's capacity: above 0 to 1. The rest belongs to another farm, which
 *     mines without the aggregator
 * @param realProofs whether the machines scan real plots of a few nonces in memory, and the chain computes the proofs; for
 *     at most {@value #MAX_REAL_MACHINES} machines, and without another farm, which has no plots
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
        boolean evenRounds,
        double networkShare,
        boolean realProofs) {
    /** The highest number of machines with real plots: the chain takes 60 ms for each nonce. */
    public static final int MAX_REAL_MACHINES = 64;

    /**
     * Creates settings without real proofs.
     *
     * @param machines 1 to {@value FarmPlan#MAX_MACHINES}
     * @param accounts 1 or more
     * @param blockTime 1 second to 1 day
     * @param speed above 0
     * @param seed equal seeds give equal farms
     * @param mode whether the chain is served by a node with a wallet or by a pool
     * @param badMachines 0 to machines
     * @param restartEvery 0 for never
     * @param evenRounds whether rounds take about the block time
     * @param networkShare above 0 to 1
     */
    public SimulationSettings(
            int machines,
            int accounts,
            Duration blockTime,
            double speed,
            long seed,
            SubmissionMode mode,
            int badMachines,
            int restartEvery,
            boolean evenRounds,
            double networkShare) {
        this(
                machines,
                accounts,
                blockTime,
                speed,
                seed,
                mode,
                badMachines,
                restartEvery,
                evenRounds,
                networkShare,
                false);
    }

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException when a value is out of its range
     */
    public SimulationSettings {
        Objects.requireNonNull(blockTime, "blockTime");
        Objects.requireNonNull(mode, "mode");
        require(machines >= 1 && machines <= FarmPlan.MAX_MACHINES, "machines must be 1 to " + FarmPlan.MAX_MACHINES);
        require(accounts >= 1, "accounts must be 1 or more");
        require(
                blockTime.toSeconds() >= 1 && blockTime.toSeconds() <= 86_400,
                "blockTime must be 1 second to 1 day");
        require(speed > 0 && !Double.isInfinite(speed), "speed must be above 0");
        require(badMachines >= 0 && badMachines <= machines, "badMachines must be 0 to the number of machines");
        require(restartEvery >= 0, "restartEvery must be 0 or more");
        require(networkShare > 0 && networkShare <= 1, "networkShare must be above 0, and 1 or less");
        require(
                !realProofs || machines <= MAX_REAL_MACHINES,
                "machines must be 1 to " + MAX_REAL_MACHINES + " with real proofs");
    }

    private static void require(boolean valid, String rule) {
        if (!valid) {
            throw new IllegalArgumentException(rule);
        }
    }
}
