package org.pocx.aggregator.cli.verification;

import java.time.Duration;

/**
 * A share of one processor core. Immutable.
 *
 * @param percent 1 to 100
 */
record CpuBudget(int percent) {

    /** How long to pause after that much processor time was used, so that it is this share of both together. */
    Duration pauseAfter(Duration used) {
        return used.multipliedBy(100L - percent).dividedBy(percent);
    }
}
