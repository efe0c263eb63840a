package org.pocx.aggregator.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Something to measure.
 *
 * @param rows the rows that it fills, in their order
 * @param obstacle why it cannot be measured; empty if it can
 * @param planned how long it takes, roughly
 */
record Scenario(List<Row.Label> rows, Optional<String> obstacle, Duration planned, Measurement measurement) {

    /** Takes the measurements of a scenario. */
    interface Measurement {
        /** @param results receives each row as soon as it is complete */
        void run(BenchEnvironment environment, Consumer<Row> results) throws IOException, InterruptedException;
    }
}
