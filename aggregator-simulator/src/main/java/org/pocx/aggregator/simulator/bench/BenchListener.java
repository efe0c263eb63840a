package org.pocx.aggregator.simulator.bench;

import java.time.Duration;

/** Hears of a benchmark while it runs, on its thread. */
public interface BenchListener {

    /**
     * Something is about to be measured.
     *
     * @param title of it
     * @param before how much of the whole lies behind
     * @param planned how long this takes, roughly
     * @param whole how long all takes, roughly
     */
    void begins(String title, Duration before, Duration planned, Duration whole);

    /**
     * A row is there.
     *
     * @param row measured or left out; each comes once
     */
    void row(Row row);
}
