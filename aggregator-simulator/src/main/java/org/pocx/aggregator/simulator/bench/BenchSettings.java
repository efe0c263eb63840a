package org.pocx.aggregator.simulator.bench;

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
 * @param engine the HTTP engine of both, in a word
 * @param other an aggregator that runs already, to be measured instead
 * @param upstreamPort where the benchmark's upstream listens; without it where it likes
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
     * An aggregator that runs already.
     *
     * @param url its miner port, plain HTTP; a user and a password in it are sent as Basic credentials
     * @param pid of its process, where that is on this machine
     */
    public record Other(URI url, OptionalLong pid) {
        /**
         * Takes an aggregator that can be measured from outside.
         *
         * @throws IllegalArgumentException when the URL is none that can be measured
         */
        public Other {
            Objects.requireNonNull(url, "url");
            Objects.requireNonNull(pid, "pid");
            Target.of(url);
        }

        /** The URL without credentials. */
        URI shownUrl() {
            return Target.of(url).uri();
        }
    }

    /**
     * Takes settings of a run that can be done.
     *
     * @throws IllegalArgumentException when a value is out of its range
     */
    public BenchSettings {
        Objects.requireNonNull(java, "java");
        Objects.requireNonNull(engine, "engine");
        Objects.requireNonNull(other, "other");
        Objects.requireNonNull(upstreamPort, "upstreamPort");
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(warmUp, "warmUp");
        require(connections >= 1 && connections <= 1_000, "connections must be 1 to 1000");
        require(pollers >= 1 && pollers <= 20_000, "pollers must be 1 to 20000");
        require(time.isPositive() && !warmUp.isNegative(), "the time must be above 0, and the warm-up not below");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    Duel duel() {
        return new Duel(time, warmUp);
    }

    /** Whether the upstream of what is measured is ours. */
    boolean ownsUpstream() {
        return other.isEmpty() || upstreamPort.isPresent();
    }
}
