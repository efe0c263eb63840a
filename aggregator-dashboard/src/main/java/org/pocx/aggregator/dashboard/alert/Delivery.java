package org.pocx.aggregator.dashboard.alert;

import java.time.Duration;

/** How posting a message ended. */
sealed interface Delivery {

    /** The webhook took it. */
    record Done() implements Delivery {}

    /** The webhook will never take it. */
    record Refused(String words) implements Delivery {}

    /**
     * It may take it later.
     *
     * @param words what happened; no part of the URL
     * @param retryAfter as the webhook asks, or zero
     */
    record Failed(String words, Duration retryAfter) implements Delivery {}
}
