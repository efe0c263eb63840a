package org.pocx.aggregator.simulator.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What to measure, and how.
 *
 * @param jar the program
 * @param javaOptions for its Java; a profiler's, say
 * @param connections 1 to 1,000, each with one request at a time
 * @param accounts that the nonces are of, at least 1
 * @param warmUp before each measurement
 * @param time of each measurement
 * @param runs how often each is measured, 1 to 100
 */
public record CostSettings(
        Path jar, List<String> javaOptions, int connections, int accounts, Duration warmUp, Duration time, int runs) {

    /** @throws IllegalArgumentException when a value is out of its range */
    public CostSettings {
        javaOptions = List.copyOf(javaOptions);
        require(connections >= 1 && connections <= 1_000, "connections must be 1 to 1000");
        require(accounts >= 1, "there must be an account at least");
        require(!warmUp.isNegative() && time.isPositive(), "the time must be above 0, and the warm-up not below");
        require(runs >= 1 && runs <= 100, "runs must be 1 to 100");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /** As the budget has it: 64 connections, an account each. */
    public static CostSettings of(Path jar) {
        return new CostSettings(jar, List.of(), 64, 64, Duration.ofSeconds(5), Duration.ofSeconds(10), 2);
    }

    CostSettings withJavaOptions(List<String> options) {
        return new CostSettings(jar, options, connections, accounts, warmUp, time, runs);
    }

    CostSettings withTime(Duration measured) {
        return new CostSettings(jar, javaOptions, connections, accounts, warmUp, measured, runs);
    }
}
