package org.pocx.aggregator.statistics;

import org.jspecify.annotations.Nullable;

/**
 * The state of an account. Thread-safe: its monitor guards the missed rounds, single values are volatile, and the tally
 * has its own lock.
 */
final class AccountEntry {
    /** The upper limit of the count. */
    private static final int MAX_MISSED = 1_000_000;

    private final String accountId;

    /**
     * Rounds up to this one do not count as missed, because its first nonce arrived or the program started during them.
     */
    private final long excusedUpTo;

    private final FateTally tally = new FateTally();
    private volatile String lastRejection = "";
    private volatile long seenNanos;
    private volatile long submittedIn;
    private int missed;
    private @Nullable Long restoredHeight;

    /** @param round the number of the current round, see {@link SilenceDetector} */
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

    /** A nonce for the account was received. */
    void submitted(long round) {
        if (submittedIn != round) {
            submittedIn = round;
        }
    }

    /**
     * A round is over.
     *
     * @param counted whether the round counts as missed if there was no nonce
     */
    synchronized void roundEnded(long round, boolean counted) {
        if (submittedIn >= round) {
            missed = 0;
        } else if (counted && round > excusedUpTo) {
            missed++;
        }
    }

    /** Processes a row of the history: the account had a nonce at that u64 height before the restart. */
    synchronized void restoredBest(long height) {
        if (restoredHeight == null || Long.compareUnsigned(height, restoredHeight) > 0) {
            restoredHeight = height;
        }
    }

    /** @param newest the highest u64 height of the history, from which the missed rounds are calculated */
    synchronized void resume(long newest) {
        if (restoredHeight != null) {
            long behind = newest - restoredHeight;
            missed = Long.compareUnsigned(behind, MAX_MISSED) < 0 ? (int) behind : MAX_MISSED;
        }
    }

    /** The number of consecutive rounds, up to the last one that ended, without a nonce for it. */
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
