package org.pocx.aggregator.core;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The accounts that had a nonce confirmed within a day, by whichever upstream. Bounded: the one that was confirmed longest ago is
 * forgotten first. Thread-safe, by its monitor.
 */
final class ConfirmedAccounts {
    static final int MAX = 20_000;

    private static final long DAY = Duration.ofDays(1).toNanos();

    /** When each was confirmed last, monotonic clock; the longest ago first. */
    private final Map<String, Long> accounts = new LinkedHashMap<>();

    synchronized void confirmed(String accountId, long now) {
        accounts.remove(accountId);
        accounts.put(accountId, now);
        if (accounts.size() > MAX) {
            accounts.remove(accounts.keySet().iterator().next());
        }
    }

    /** Whether there are any, and each is refused. */
    boolean areAll(Predicate<String> refused, long now) {
        List<String> recent = recent(now);
        return !recent.isEmpty() && recent.stream().allMatch(refused);
    }

    private synchronized List<String> recent(long now) {
        accounts.values().removeIf(confirmed -> now - confirmed >= DAY);
        return List.copyOf(accounts.keySet());
    }
}
