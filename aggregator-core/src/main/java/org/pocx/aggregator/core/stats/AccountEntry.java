package org.pocx.aggregator.core.stats;

/** What is known of an account. Thread-safe. */
final class AccountEntry {
    private final String accountId;
    private final FateTally tally = new FateTally();
    private volatile long seenNanos;

    AccountEntry(String accountId, long seenNanos) {
        this.accountId = accountId;
        this.seenNanos = seenNanos;
    }

    void seen(long nanos) {
        if (nanos - seenNanos > 0) {
            seenNanos = nanos;
        }
    }

    String accountId() {
        return accountId;
    }

    long seenNanos() {
        return seenNanos;
    }

    FateTally tally() {
        return tally;
    }
}
