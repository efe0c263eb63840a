package org.pocx.aggregator.simulator.farm;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.pocx.aggregator.core.SubmissionMode;
import org.pocx.aggregator.simulator.time.Speed;

/**
 * How the machines of a farm work. Durations are in simulated time, except the answer timeout.
 *
 * @param mode whether a machine sends the improvements of each account (pool) or only overall improvements (wallet)
 * @param blockTimeSeconds 1 to 86,400; the machines compute the poc_time that they expect in a receipt with it
 * @param scanTime how long a scan of all plots takes
 * @param pollInterval the time between two requests for mining info
 * @param answerTimeout the timeout of a request, in real time
 * @param speed the ratio of simulated time to real time
 * @param seed equal seeds find equal nonces in equal rounds
 * @param authorization returns the Authorization header, or an empty text for none; called when a machine starts, and
 *     after a 401
 */
public record FarmSettings(
        SubmissionMode mode,
        long blockTimeSeconds,
        Duration scanTime,
        Duration pollInterval,
        Duration answerTimeout,
        Speed speed,
        long seed,
        Supplier<String> authorization) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException when a value is out of its range
     */
    public FarmSettings {
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(scanTime, "scanTime");
        Objects.requireNonNull(pollInterval, "pollInterval");
        Objects.requireNonNull(answerTimeout, "answerTimeout");
        Objects.requireNonNull(speed, "speed");
        Objects.requireNonNull(authorization, "authorization");
        require(blockTimeSeconds >= 1 && blockTimeSeconds <= 86_400, "blockTimeSeconds must be 1 to 86,400");
        require(!scanTime.isNegative(), "scanTime must be zero or more");
        require(pollInterval.isPositive(), "pollInterval must be above zero");
        require(answerTimeout.isPositive(), "answerTimeout must be above zero");
    }

    private static void require(boolean valid, String rule) {
        if (!valid) {
            throw new IllegalArgumentException(rule);
        }
    }

    /**
     * Returns the settings of the stock miner: it polls every second, scans for 30 s, and waits 5 s for an answer.
     *
     * @param mode what its machines submit
     * @param blockTime 1 to 86,400 s; a fraction of a second is cut off
     * @return the settings, in real time and without credentials
     */
    public static FarmSettings stockMiner(SubmissionMode mode, Duration blockTime) {
        return new FarmSettings(
                mode,
                blockTime.toSeconds(),
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Speed.REAL,
                1,
                () -> "");
    }

    /**
     * {@return a copy with this speed}
     *
     * @param value the ratio of simulated time to real time
     */
    public FarmSettings withSpeed(Speed value) {
        return new FarmSettings(
                mode, blockTimeSeconds, scanTime, pollInterval, answerTimeout, value, seed, authorization);
    }

    /**
     * {@return a copy with this scan time}
     *
     * @param value how long a scan takes, in simulated time
     */
    public FarmSettings withScanTime(Duration value) {
        return new FarmSettings(
                mode, blockTimeSeconds, value, pollInterval, answerTimeout, speed, seed, authorization);
    }

    /**
     * {@return a copy with this poll interval}
     *
     * @param value the time between two polls, in simulated time
     */
    public FarmSettings withPollInterval(Duration value) {
        return new FarmSettings(
                mode, blockTimeSeconds, scanTime, value, answerTimeout, speed, seed, authorization);
    }

    /**
     * {@return a copy with this answer timeout}
     *
     * @param value in real time
     */
    public FarmSettings withAnswerTimeout(Duration value) {
        return new FarmSettings(
                mode, blockTimeSeconds, scanTime, pollInterval, value, speed, seed, authorization);
    }

    /**
     * {@return a copy with this seed}
     *
     * @param value equal seeds find equal nonces in equal rounds
     */
    public FarmSettings withSeed(long value) {
        return new FarmSettings(
                mode, blockTimeSeconds, scanTime, pollInterval, answerTimeout, speed, value, authorization);
    }

    /**
     * {@return a copy with credentials}
     *
     * @param value returns the Authorization header, or an empty text for none
     */
    public FarmSettings withAuthorization(Supplier<String> value) {
        return new FarmSettings(
                mode, blockTimeSeconds, scanTime, pollInterval, answerTimeout, speed, seed, value);
    }
}
