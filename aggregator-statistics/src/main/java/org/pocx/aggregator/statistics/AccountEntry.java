package org.pocx.aggregator.statistics;

import org.jspecify.annotations.Nullable;

/**
 * What is known of an account. Thread-safe: its monitor guards the rounds that it missed, single values are volatile, and
 * the tally has a lock of its own.
 */
final class AccountEntry {
    /** More than anybody counts. */
    private static final int MAX_MISSED = 1_000_000;

    private final String accountId;

    /** Rounds up to here are not held against it: its first nonce came in their course, or we did. */
    private final long excusedUpTo;

    private final FateTally tally = new FateTally();
    private volatile String lastRejection = "";
    private volatile long seenNanos;
    private volatile long submittedIn;
    private int missed;
    private @Nullable Long restoredHeight;

    /** @param round the number of the current round, as {@link SilenceWatch} counts them */
    AccountEntry(String accountId, long round, long seenNanos) {
        this.accountId = accountId;
        this.excusedUpTo = Math.max(1, round);
        this.seenNanos = seenNanos;
    }

    void seen(long nanos) {
        if (nanos - seenNanos > 0) {
            seenNanos = nanos;
        }
    }

    void rejected(String words) {
        lastRejection = words;
    }

    /** A nonce for it came in. */
    void submitted(long round) {
        if (submittedIn != round) {
            submittedIn = round;
        }
    }

    /**
     * A round is over.
     *
     * @param telling whether a nonce for it could have come
     */
    synchronized void roundEnded(long round, boolean telling) {
        if (submittedIn >= round) {
            missed = 0;
        } else if (telling && round > excusedUpTo) {
            missed++;
        }
    }

    /** A row of the history: an earlier run had a nonce for it at that u64 height. */
    synchronized void restoredBest(long height) {
        if (restoredHeight == null || Long.compareUnsigned(height, restoredHeight) > 0) {
            restoredHeight = height;
        }
    }

    /** @param newest the highest u64 height of the history: what an earlier run saw of it goes on from there */
    synchronized void resume(long newest) {
        if (restoredHeight != null) {
            long behind = newest - restoredHeight;
            missed = Long.compareUnsigned(behind, MAX_MISSED) < 0 ? (int) behind : MAX_MISSED;
        }
    }

    /** Rounds in a row, up to the last one that ended, without a nonce for it. */
    synchronized int missedRounds() {
        return missed;
    }

    String accountId() {
        return accountId;
    }

    String lastRejection() {
        return lastRejection;
    }

    long seenNanos() {
        return seenNanos;
    }

    FateTally tally() {
        return tally;
    }
}
