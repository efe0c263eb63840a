package org.pocx.aggregator.simulator.time;

import java.time.Duration;

/** A pause of the calling thread, so that tests can do without the waiting. */
@FunctionalInterface
public interface Sleeper {

    /**
     * Returns when the time has passed.
     *
     * @param pause by the clock, not in simulated time; zero or less returns at once
     * @throws InterruptedException when the thread is interrupted before
     */
    void sleep(Duration pause) throws InterruptedException;

    /** {@return what pauses by the clock of the machine} */
    static Sleeper real() {
        return Thread::sleep;
    }
}
