package org.pocx.aggregator.core.failover;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the active upstream gives verdicts: attempts without one since the last verdict. Not thread-safe: its {@link
 * FailoverPolicy} owns it.
 */
final class VerdictWatch {
    static final int ATTEMPTS = 3;
    static final int ACCOUNTS = 2;

    private final long nanos;
    private final Set<String> accounts = new HashSet<>(ACCOUNTS);
    private int attempts;
    private @Nullable Long since;

    /** @param time for which there must be no verdict */
    VerdictWatch(Duration time) {
        this.nanos = time.toNanos();
    }

    void verdict() {
        accounts.clear();
        attempts = 0;
        since = null;
    }

    /** @param begunNanos when the attempt began, monotonic clock */
    void noVerdict(String account, long begunNanos) {
        if (since == null || begunNanos - since < 0) {
            since = begunNanos;
        }
        attempts = Math.min(attempts + 1, ATTEMPTS);
        if (accounts.size() < ACCOUNTS) {
            accounts.add(account);
        }
    }

    boolean hasTrouble() {
        return attempts > 0;
    }

    /** @param isOneAccount whether one account alone has something to send; asked only if that matters */
    boolean isFailed(BooleanSupplier isOneAccount, long now) {
        return since != null
                && now - since >= nanos
                && attempts >= ATTEMPTS
                && (accounts.size() >= ACCOUNTS || isOneAccount.getAsBoolean());
    }
}
