package org.pocx.aggregator.bench;

import java.io.IOException;
import java.time.Duration;

/**
 * Measures the program and the floor alternately, so that other load on the machine affects both.
 *
 * @param time of each measurement
 * @param warmUp of each, before
 */
record Comparison(Duration time, Duration warmUp) {
    private static final int SLICES = 4;
    private static final Duration SETTLE = Duration.ofMillis(100);

    Row.Measured run(Row.Label label, MeasuredLoad program, String floorTitle, MeasuredLoad floor)
            throws IOException, InterruptedException {
        floor.warmUp(warmUp);
        program.warmUp(warmUp);
        for (int i = 0; i < SLICES; i++) {
            floor.slice(SETTLE, time.dividedBy(SLICES));
            program.slice(SETTLE, time.dividedBy(SLICES));
        }
        return new Row.Measured(label, program.figures(), floorTitle, floor.figures(), program.failures());
    }

    /** How long that takes. */
    Duration planned() {
        return time.plus(warmUp).plus(SETTLE.multipliedBy(SLICES)).multipliedBy(2);
    }
}
