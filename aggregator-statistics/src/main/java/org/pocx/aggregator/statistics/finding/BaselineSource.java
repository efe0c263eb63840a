package org.pocx.aggregator.statistics.finding;

/** Where the expected capacity of a machine comes from. */
public enum BaselineSource {
    /** The owner configured it. */
    CONFIGURED,
    /** It is the average of the machine's own rounds. */
    LEARNED
}
