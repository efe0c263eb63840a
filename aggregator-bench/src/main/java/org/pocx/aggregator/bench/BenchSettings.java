package org.pocx.aggregator.bench;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What to measure, and how.
 *
 * @param java how the program and the floor are started
 * @param engine the name of their HTTP engine, for the report
 * @param other a running aggregator to measure instead of the program
 * @param upstreamPort where the benchmark's upstream listens; any free port if empty
 * @param connections of the loads that send as fast as they are answered, 1 to 1,000
 * @param pollers connections that poll once a second, 1 to 20,000
 * @param time of each measurement
 * @param warmUp before each measurement
 */
public record BenchSettings(
        JavaCommand java,
        String engine,
        Optional<Other> other,
        OptionalInt upstreamPort,
        int connections,
        int pollers,
        Duration time,
        Duration warmUp) {

    /**
     * A running aggregator.
     *
     * @param url of its miner port, plain HTTP; a user and a password in it are sent as Basic credentials
     * @param pid of its process, if that is on this machine
     */
    public record Other(URI url, OptionalLong pid) {
        /**
         * Checks the URL.
         *
         * @throws IllegalArgumentException if it is not plain HTTP to a known host
         */
        public Other {
            Objects.requireNonNull(pid, "pid");
            Target.of(url);
        }

        /** The URL without credentials. */
        URI shownUrl() {
            return Target.of(url).uri();
        }
    }

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public BenchSettings {
        Objects.requireNonNull(java, "java");
        Objects.requireNonNull(engine, "engine");
        require(connections >= 1 && connections <= 1_000, "connections must be 1 to 1000");
        require(pollers >= 1 && pollers <= 20_000, "pollers must be 1 to 20000");
        require(time.isPositive() && !warmUp.isNegative(), "time must be positive, warm-up must not be negative");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Why scenarios that control the upstream cannot run; empty if they can. */
    Optional<String> upstreamMissing() {
        return other.isEmpty() || upstreamPort.isPresent()
                ? Optional.empty()
                : Optional.of("needs our upstream: give --upstream-port N, and point that aggregator at it");
    }
}
