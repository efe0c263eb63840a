package org.pocx.aggregator.simulator.time;

import java.time.Duration;

/** Pauses the calling thread. Tests replace it, so that they do not wait. */
@FunctionalInterface
public interface Sleeper {

    /**
     * Returns when the time is over.
     *
     * @param pause in real time; zero or less returns immediately
     * @throws InterruptedException when the thread is interrupted
     */
    void sleep(Duration pause) throws InterruptedException;

    /** {@return a sleeper that calls {@link Thread#sleep(Duration)}} */
    static Sleeper real() {
        return Thread::sleep;
    }
}
