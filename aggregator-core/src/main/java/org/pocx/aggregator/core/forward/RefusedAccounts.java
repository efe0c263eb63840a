package org.pocx.aggregator.core.forward;

import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.upstream.UpstreamMessage;

/**
 * The accounts of which the upstream accepts no nonce now, and when each may be tried again: after 10 s, doubling to 60 s; all
 * together one nonce at a time and one a second at most. Bounded: when it is full, an account whose nonces are all gone makes
 * place for another; where there is none, the other is not remembered. Thread-safe, by its monitor, under which nobody is called.
 */
final class RefusedAccounts {
    static final int MAX = 1_024;

    private static final Duration FIRST_GAP = Duration.ofSeconds(10);
    private static final Duration LONGEST_GAP = Duration.ofSeconds(60);
    private static final long BETWEEN_PROBES = Duration.ofSeconds(1).toNanos();

    /** A probe that has not ended by then is not waited for any longer. */
    private static final long LONGEST_PROBE = Duration.ofMinutes(2).toNanos();

    /** An account that was not tried that long after its time has no nonces any more: all together, it takes 20 minutes at most. */
    private static final long UNUSED = Duration.ofHours(1).toNanos();

    private final Map<String, Refusal> refusals = new LinkedHashMap<>();

    /** Read without the lock: there is seldom any. */
    private volatile boolean any;

    private @Nullable String probed;
    private long probedNanos;
    private boolean probedBefore;

    /**
     * @param probeNanos when it may be tried again
     * @param message the upstream's error message
     */
    private record Refusal(Duration gap, long probeNanos, UpstreamMessage message) {}

    /** Whether the upstream refused the account when it was tried last. */
    boolean contains(String accountId) {
        return any && isRefused(accountId);
    }

    private synchronized boolean isRefused(String accountId) {
        return refusals.containsKey(accountId);
    }

    /** What the upstream answered to a nonce of the account; null when it does not refuse it. */
    @Nullable
    synchronized UpstreamMessage message(String accountId) {
        Refusal refusal = refusals.get(accountId);
        return refusal == null ? null : refusal.message;
    }

    /** The upstream refused a nonce of the account. Answers to nonces that were sent before it was known change nothing. */
    synchronized void refused(String accountId, UpstreamMessage message, long now) {
        Refusal known = refusals.get(accountId);
        if (known != null && known.probeNanos - now > 0) {
            return;
        }
        if (known == null && refusals.size() == MAX && !forgetUnused(now)) {
            return;
        }
        Duration gap = known == null ? FIRST_GAP : known.gap.multipliedBy(2);
        gap = gap.compareTo(LONGEST_GAP) < 0 ? gap : LONGEST_GAP;
        refusals.put(accountId, new Refusal(gap, now + gap.toNanos(), message));
        any = true;
    }

    private boolean forgetUnused(long now) {
        return refusals.values().removeIf(refusal -> now - refusal.probeNanos >= UNUSED);
    }

    /** The upstream holds a nonce of the account, without a verdict: if it refused the account before, it is asked again later. */
    synchronized void undecided(String accountId, long now) {
        refusals.computeIfPresent(
                accountId,
                (account, known) -> new Refusal(known.gap, now + RetryDelays.HELD.toNanos(), known.message));
    }

    /** The upstream accepted a nonce of the account; returns whether it was refused before. */
    synchronized boolean accepted(String accountId) {
        boolean was = refusals.remove(accountId) != null;
        any = !refusals.isEmpty();
        return was;
    }

    /** The accounts that may be tried now, the one that is due longest first; none while one is being tried. */
    synchronized List<String> due(long now) {
        boolean tooEarly = probedBefore && now - probedNanos < BETWEEN_PROBES;
        boolean running = probed != null && now - probedNanos < LONGEST_PROBE;
        if (!any || tooEarly || running) {
            return List.of();
        }
        return refusals.entrySet().stream()
                .filter(entry -> now - entry.getValue().probeNanos >= 0)
                .sorted(Comparator.comparing(
                        (Map.Entry<String, Refusal> entry) -> entry.getValue().probeNanos,
                        (a, b) -> Long.signum(a - b)))
                .map(Map.Entry::getKey)
                .toList();
    }

    synchronized void probeBegan(String accountId, long now) {
        probed = accountId;
        probedNanos = now;
        probedBefore = true;
    }

    /** Whatever came of it. No effect where another account is being tried. */
    synchronized void probeEnded(String accountId) {
        if (accountId.equals(probed)) {
            probed = null;
        }
    }
}
