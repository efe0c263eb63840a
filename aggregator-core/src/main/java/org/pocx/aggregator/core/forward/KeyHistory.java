package org.pocx.aggregator.core.forward;

/**
 * What is known of a filter key.
 *
 * @param strikes attempts in a row that timed out or were given up
 */
record KeyHistory(KeyStatus status, int strikes) {
    /** Nothing was sent under the key yet. */
    static final KeyHistory NEW = new KeyHistory(KeyStatus.UNKNOWN, 0);

    /** The upstream answered. */
    static final KeyHistory PROVEN = new KeyHistory(KeyStatus.PROVEN, 0);

    KeyHistory timedOut() {
        return new KeyHistory(KeyStatus.TIMED_OUT, strikes + 1);
    }

    /** It failed, and quickly. */
    KeyHistory failed() {
        return status == KeyStatus.TIMED_OUT ? NEW : this;
    }
}
