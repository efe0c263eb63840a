package org.pocx.aggregator.http.outbound;

import java.util.Objects;

/**
 * Why there is no connection to a target.
 *
 * @param message one line for an operator; contains no password and no part of the target's URL
 * @param timedOut whether a time limit ended the attempt
 * @param refused whether nobody listens at the target
 */
public record DialFailure(String message, boolean timedOut, boolean refused) {
    /**
     * Checks the message.
     *
     * @throws NullPointerException when it is null
     */
    public DialFailure {
        Objects.requireNonNull(message, "message");
    }

    static DialFailure of(String message) {
        return new DialFailure(message, false, false);
    }

    static DialFailure refused(String message) {
        return new DialFailure(message, false, true);
    }

    static DialFailure timedOut(String message) {
        return new DialFailure(message, true, false);
    }
}
