package org.pocx.aggregator.dashboard.alert;

import java.time.Duration;

/**
 * The time limits of the delivery of alerts.
 *
 * @param gather how long to wait after the first alert for others, which are sent with it
 * @param request the time limit for a response of the webhook, including its body
 * @param firstRetry the delay before the first retry; it doubles with each retry
 * @param longestRetry the longest delay between retries
 * @param giveUp how long a message is retried before it is dropped
 * @param drain the time for the remaining alerts at the end
 */
record DeliveryTiming(
        Duration gather,
        Duration request,
        Duration firstRetry,
        Duration longestRetry,
        Duration giveUp,
        Duration drain) {

    /** Retries for an hour: while the farm's internet connection is down, the alert about it cannot be sent. */
    static final DeliveryTiming USUAL = new DeliveryTiming(
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            Duration.ofHours(1),
            Duration.ofSeconds(2));
}
