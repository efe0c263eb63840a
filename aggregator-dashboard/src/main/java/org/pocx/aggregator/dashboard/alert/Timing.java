package org.pocx.aggregator.dashboard.alert;

import java.time.Duration;

/**
 * The sender's patience.
 *
 * @param gather what happens within that time of the first alert goes out with it
 * @param request for one answer of the webhook, its body included
 * @param firstRetry the wait before a message is repeated; it doubles each time
 * @param longestRetry up to here
 * @param giveUp a message that cannot be delivered for so long is dropped
 * @param drain for what is left at the end
 */
record Timing(
        Duration gather,
        Duration request,
        Duration firstRetry,
        Duration longestRetry,
        Duration giveUp,
        Duration drain) {

    /** An hour of repeating: where the farm's line is cut, the alert of it can only go out when it is back. */
    static final Timing USUAL = new Timing(
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            Duration.ofHours(1),
            Duration.ofSeconds(2));
}
