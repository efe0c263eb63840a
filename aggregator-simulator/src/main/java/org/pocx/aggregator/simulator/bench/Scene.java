package org.pocx.aggregator.simulator.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One thing to measure. */
interface Scene {

    /** The rows that it makes, in their order. */
    List<RowName> rows();

    /** Why it cannot be played; empty when it can. */
    Optional<String> obstacle(BenchSettings settings);

    /** How long it takes, roughly. */
    Duration planned(BenchSettings settings);

    /** @param told takes each row as soon as it is there */
    void play(Stage stage, Told told) throws IOException, InterruptedException;

    /** Whoever listens to a benchmark. */
    interface Told {
        void row(Row row);
    }

    /** Why a scene that controls the upstream cannot be played with somebody else's. */
    static Optional<String> upstreamIsOurs(BenchSettings settings) {
        return settings.ownsUpstream()
                ? Optional.empty()
                : Optional.of("needs our upstream: give --upstream-port N, and point that aggregator at it");
    }
}
