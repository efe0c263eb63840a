package org.pocx.aggregator.core.forward;

/**
 * What is known of a filter key.
 *
 * @param strikes attempts in a row that timed out or were given up
 */
record KeyRecord(Health health, int strikes) {
    /** Nothing was sent under the key yet. */
    static final KeyRecord NEW = new KeyRecord(Health.UNKNOWN, 0);

    /** The upstream answered. */
    static final KeyRecord PROVEN = new KeyRecord(Health.PROVEN, 0);

    KeyRecord timedOut() {
        return new KeyRecord(Health.TIMED_OUT, strikes + 1);
    }

    /** It failed, and quickly. */
    KeyRecord failed() {
        return health == Health.TIMED_OUT ? NEW : this;
    }
}
