package org.pocx.aggregator.core.upstream;

import java.util.Objects;

/**
 * What the upstream answered in place of what was asked for, or why there is no answer.
 *
 * @param text one line for people; may be empty; holds no secret
 * @param reference how the upstream's protocol names this error, such as an error code: at most 64 characters, empty where
 *     it has no name. Only the adapter that wrote it interprets it; everybody else stores, shows or passes it on unchanged
 */
public record UpstreamMessage(String text, String reference) {
    /** No message. */
    public static final UpstreamMessage NONE = new UpstreamMessage("", "");

    private static final int MAX_REFERENCE = 64;

    /**
     * Checks both parts.
     *
     * @throws NullPointerException when one is null
     * @throws IllegalArgumentException when the reference is too long
     */
    public UpstreamMessage {
        Objects.requireNonNull(text, "text");
        if (reference.length() > MAX_REFERENCE) {
            throw new IllegalArgumentException(
                    "reference must have at most " + MAX_REFERENCE + " characters, not " + reference.length());
        }
    }

    /**
     * A message without a reference.
     *
     * @param text one line for people; may be empty
     * @return the message
     */
    public static UpstreamMessage of(String text) {
        return new UpstreamMessage(text, "");
    }
}
