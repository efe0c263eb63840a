package org.pocx.aggregator.core.forward;

import java.util.concurrent.atomic.AtomicLong;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;

/**
 * Counts how often the upstream may have begun anew, and so may have forgotten what it confirmed: at our own start, when its
 * cookie changed, and with the first good poll after one that failed or after a refused connection. Nothing else raises it.
 * Thread-safe, without a lock.
 */
final class Incarnation {
    private final AtomicLong number = new AtomicLong();
    private volatile boolean mayHaveRestarted = true;

    /** The present one; 0 before the first good poll. */
    long number() {
        return number.get();
    }

    /** A poll failed. An upstream that is only busy remembers, and one that takes its time may still answer. */
    void pollFailed(UpstreamTrouble trouble) {
        boolean onlyBusy = trouble.kind() == UpstreamTrouble.Kind.UPSTREAM_BUSY;
        if (!onlyBusy && !trouble.equals(UpstreamTrouble.NO_ANSWER_YET)) {
            mayHaveRestarted = true;
        }
    }

    /** A nonce could not be sent as nobody listens there. */
    void connectionRefused() {
        mayHaveRestarted = true;
    }

    /** A poll was answered. */
    void polled(boolean newCredentials) {
        if (mayHaveRestarted || newCredentials) {
            mayHaveRestarted = false;
            number.incrementAndGet();
        }
    }
}
