package org.pocx.aggregator.simulator.node;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A fault and the requests that it meets.
 *
 * <p>Not thread-safe: {@link FaultRules} owns it and guards it.
 */
final class FaultRule {
    /** A number of times that never runs out. */
    static final long FOR_EVER = Long.MAX_VALUE;

    private final @Nullable String method;
    private final @Nullable String accountId;
    private final boolean afterwards;
    private final Fault fault;
    private long remaining;

    /**
     * @param method the one method that it meets, or null for all
     * @param accountId the one account whose nonces it meets, or null for all
     * @param afterwards whether the request is carried out before it goes wrong
     */
    FaultRule(@Nullable String method, @Nullable String accountId, boolean afterwards, long times, Fault fault) {
        this.method = method;
        this.accountId = accountId;
        this.afterwards = afterwards;
        this.remaining = times;
        this.fault = fault;
    }

    boolean meets(String requested, String account) {
        return remaining > 0
                && (method == null || method.equals(requested))
                && (accountId == null || accountId.equals(account));
    }

    boolean isAimedAt(@Nullable String otherMethod, @Nullable String otherAccount) {
        return Objects.equals(method, otherMethod) && Objects.equals(accountId, otherAccount);
    }

    /** Counts one request that it met; false when it has met its last. */
    boolean use() {
        if (remaining != FOR_EVER) {
            remaining--;
        }
        return remaining > 0;
    }

    Fault fault() {
        return fault;
    }

    boolean isAfterwards() {
        return afterwards;
    }
}
