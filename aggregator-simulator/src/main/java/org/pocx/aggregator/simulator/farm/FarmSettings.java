package org.pocx.aggregator.simulator.farm;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.pocx.aggregator.core.SubmissionMode;
import org.pocx.aggregator.simulator.time.Speed;

/**
 * How the machines of a farm behave. Durations are in simulated time but for the answer's: whatever the speed, an answer
 * takes real time.
 *
 * @param mode whether a machine sends each account's improvements (pool) or only overall ones (wallet)
 * @param blockTimeSeconds 1 to 86,400: what the machines reckon the poc_time of a receipt with
 * @param scanTime how long a scan of all plots takes
 * @param pollInterval between two questions for mining info
 * @param answerTimeout by the clock: when to give up on an answer
 * @param resendAfter how long to wait before a nonce is sent again after each failure of the transport; after the last
 *     the nonce is lost
 * @param speed how much faster than the clock simulated time passes
 * @param seed the same one finds the same nonces in the same rounds
 * @param authorization the value of the Authorization header, empty for none; asked when the farm starts and after a 401
 */
public record FarmSettings(
        SubmissionMode mode,
        long blockTimeSeconds,
        Duration scanTime,
        Duration pollInterval,
        Duration answerTimeout,
        List<Duration> resendAfter,
        Speed speed,
        long seed,
        Supplier<String> authorization) {

    /**
     * Takes settings that a farm can run with, and copies the times of sending again.
     *
     * @throws IllegalArgumentException when a value is out of its range
     */
    public FarmSettings {
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(scanTime, "scanTime");
        Objects.requireNonNull(pollInterval, "pollInterval");
        Objects.requireNonNull(answerTimeout, "answerTimeout");
        Objects.requireNonNull(resendAfter, "resendAfter");
        Objects.requireNonNull(speed, "speed");
        Objects.requireNonNull(authorization, "authorization");
        resendAfter = List.copyOf(resendAfter);
        require(blockTimeSeconds >= 1 && blockTimeSeconds <= 86_400, "blockTimeSeconds must be 1 to 86,400");
        require(!scanTime.isNegative(), "scanTime must be zero or more");
        require(pollInterval.isPositive(), "pollInterval must be above zero");
        require(answerTimeout.isPositive(), "answerTimeout must be above zero");
        require(resendAfter.stream().noneMatch(Duration::isNegative), "resendAfter must hold no negative time");
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }

    /**
     * The stock miner: polls every second, scans for 30 s, gives up on an answer after 5 s, and sends a nonce again 3, 6
     * and 12 s after a failure of the transport.
     *
     * @param mode what its machines submit
     * @param blockTime 1 to 86,400 s; what is below a second is cut
     * @return settings at the speed of the real world, without credentials
     */
    public static FarmSettings stockMiner(SubmissionMode mode, Duration blockTime) {
        return new FarmSettings(
                mode,
                blockTime.toSeconds(),
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                List.of(Duration.ofSeconds(3), Duration.ofSeconds(6), Duration.ofSeconds(12)),
                Speed.REAL,
                1,
                () -> "");
    }

    /**
     * {@return the same at another speed}
     *
     * @param other how much faster than the clock
     */
    public FarmSettings withSpeed(Speed other) {
        return new FarmSettings(
                mode, blockTimeSeconds, scanTime, pollInterval, answerTimeout, resendAfter, other, seed, authorization);
    }

    /**
     * {@return the same with another length of a scan}
     *
     * @param other how long a scan takes, in simulated time
     */
    public FarmSettings withScanTime(Duration other) {
        return new FarmSettings(
                mode, blockTimeSeconds, other, pollInterval, answerTimeout, resendAfter, speed, seed, authorization);
    }

    /**
     * {@return the same with another time between polls}
     *
     * @param other between two questions, in simulated time
     */
    public FarmSettings withPollInterval(Duration other) {
        return new FarmSettings(
                mode, blockTimeSeconds, scanTime, other, answerTimeout, resendAfter, speed, seed, authorization);
    }

    /**
     * {@return the same with less or more patience}
     *
     * @param other by the clock
     */
    public FarmSettings withAnswerTimeout(Duration other) {
        return new FarmSettings(
                mode, blockTimeSeconds, scanTime, pollInterval, other, resendAfter, speed, seed, authorization);
    }

    /**
     * {@return the same with other luck}
     *
     * @param other the same one finds the same nonces in the same rounds
     */
    public FarmSettings withSeed(long other) {
        return new FarmSettings(
                mode, blockTimeSeconds, scanTime, pollInterval, answerTimeout, resendAfter, speed, other,
                authorization);
    }

    /**
     * {@return the same with credentials}
     *
     * @param other the value of the Authorization header, empty for none; asked when the farm starts and after a 401
     */
    public FarmSettings withAuthorization(Supplier<String> other) {
        return new FarmSettings(
                mode, blockTimeSeconds, scanTime, pollInterval, answerTimeout, resendAfter, speed, seed, other);
    }
}
