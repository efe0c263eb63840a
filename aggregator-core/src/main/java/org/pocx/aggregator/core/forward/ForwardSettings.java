package org.pocx.aggregator.core.forward;

import java.time.Duration;
import java.util.Objects;
import org.pocx.aggregator.core.retry.RetryPolicy;

/**
 * How nonces are forwarded.
 *
 * @param maxInFlight nonces being sent to the upstream at once, at least 1
 * @param retryPolicy when a nonce without a verdict is sent again
 * @param graceAfterRound for how long such a nonce is still tried after its round ceased to be the current one
 * @param resend whether and when confirmed nonces are sent again
 */
public record ForwardSettings(
        int maxInFlight, RetryPolicy retryPolicy, Duration graceAfterRound, ResendSettings resend) {
    /**
     * Takes limits under which something can be sent.
     *
     * @throws IllegalArgumentException when nothing could ever be in flight
     */
    public ForwardSettings {
        Objects.requireNonNull(retryPolicy, "retryPolicy");
        Objects.requireNonNull(graceAfterRound, "graceAfterRound");
        Objects.requireNonNull(resend, "resend");
        if (maxInFlight < 1) {
            throw new IllegalArgumentException("max in flight must be at least 1, not " + maxInFlight);
        }
        if (graceAfterRound.isNegative()) {
            throw new IllegalArgumentException("graceAfterRound must be zero or more, not " + graceAfterRound);
        }
    }

    /**
     * Settings for an upstream that forgets nothing.
     *
     * @param maxInFlight nonces being sent at once, at least 1
     * @param retryPolicy when a nonce without a verdict is sent again
     * @param graceAfterRound for how long such a nonce is still tried after its round
     */
    public ForwardSettings(int maxInFlight, RetryPolicy retryPolicy, Duration graceAfterRound) {
        this(maxInFlight, retryPolicy, graceAfterRound, ResendSettings.NEVER);
    }
}
