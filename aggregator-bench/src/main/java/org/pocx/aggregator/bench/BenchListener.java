package org.pocx.aggregator.bench;

import java.time.Duration;

/** Receives the progress and the results of a benchmark, on the thread that runs it. */
public interface BenchListener {

    /**
     * A measurement begins.
     *
     * @param title what is measured
     * @param before how much of the whole run is done, roughly
     * @param planned how long this measurement takes, roughly
     * @param whole how long the whole run takes, roughly
     */
    void begins(String title, Duration before, Duration planned, Duration whole);

    /**
     * A row is complete.
     *
     * @param row measured or left out; each row comes once
     */
    void row(Row row);
}
