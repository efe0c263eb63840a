package org.pocx.aggregator.cli.verification;

import java.time.Duration;

/** Lets the calling thread wait. */
@FunctionalInterface
interface Pause {
    /** @throws InterruptedException if the thread is interrupted meanwhile */
    void of(Duration time) throws InterruptedException;
}
