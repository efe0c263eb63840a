package org.pocx.aggregator.simulator.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Measures the program and the floor in turns, so that what else the machine does meets both.
 *
 * @param time measured, of each
 * @param warmUp of each, before
 */
record Duel(Duration time, Duration warmUp) {
    private static final int SLICES = 4;
    private static final Duration SETTLE = Duration.ofMillis(100);

    Row.Measured fight(RowName name, Contender program, String floorTitle, Contender floor)
            throws IOException, InterruptedException {
        floor.warmUp(warmUp);
        program.warmUp(warmUp);
        for (int i = 0; i < SLICES; i++) {
            floor.slice(SETTLE, time.dividedBy(SLICES));
            program.slice(SETTLE, time.dividedBy(SLICES));
        }
        return new Row.Measured(
                name,
                program.figures(),
                floorTitle,
                floor.figures(),
                program.failed(),
                List.of(),
                Optional.empty());
    }

    /** How long that takes. */
    Duration planned() {
        return time.plus(warmUp).plus(SETTLE.multipliedBy(SLICES)).multipliedBy(2);
    }
}
