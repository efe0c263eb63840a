package org.pocx.aggregator.cli.it;

import java.time.Duration;

/**
 * How long a soak lasts, and what goes on in it.
 *
 * @param time from the start of the farm to the signal that ends the program
 * @param round how long a round lasts, at least
 * @param scan how long a machine scans in each round
 * @param poll how often a machine asks
 * @param residents machines that stay
 * @param accounts of the residents
 * @param guests machines that leave again
 * @param arrivals guests that come in a round, each under an address and an account that were never there before
 * @param crowd machines that pass by at the start: with the residents they fill the table of machines, and almost that of
 *     accounts; in one round there is no room for more accounts than that
 * @param sampling between two looks at the process
 * @param scraping between two scrapes of the metrics
 * @param oldRows rows of a month ago that the database begins with: when retention has deleted them, there is as much
 *     room in the file for what the soak writes
 */
record SoakPlan(
        Duration time,
        Duration round,
        Duration scan,
        Duration poll,
        int residents,
        int accounts,
        int guests,
        int arrivals,
        int crowd,
        Duration sampling,
        Duration scraping,
        int oldRows) {

    private static final int MINUTES = Integer.getInteger("pocx.soak.minutes", 30);

    /** The limits of the tables of machines and accounts in the core's FarmStatistics. */
    static final int TABLE_LIMIT = 20_000;

    /** What is left after the twentieth that goes when a table is full. */
    static final int TABLE_LEAST = 19_000;

    /** Some dozens of machines, for each build. */
    static SoakPlan brief() {
        return new SoakPlan(
                Duration.ZERO, // as long as its rounds take
                Duration.ofMillis(800),
                Duration.ofMillis(300),
                Duration.ofMillis(100),
                40,
                8,
                20,
                15,
                100,
                Duration.ZERO,
                Duration.ofMillis(200),
                1_000);
    }

    /** Half an hour of 2,000 machines, and up to 50 new addresses a second. */
    static SoakPlan heavy() {
        return new SoakPlan(
                Duration.ofMinutes(MINUTES),
                Duration.ofSeconds(8),
                Duration.ofSeconds(3),
                Duration.ofSeconds(1),
                1_500,
                50,
                500,
                400,
                TABLE_LIMIT - 1_500,
                Duration.ofSeconds(15),
                Duration.ofSeconds(5),
                MINUTES * 60_000);
    }
}
