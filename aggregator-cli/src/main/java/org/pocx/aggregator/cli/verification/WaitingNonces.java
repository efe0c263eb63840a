package org.pocx.aggregator.cli.verification;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.mining.ReceivedNonce;

/**
 * The nonces of one machine that wait for a check: the last {@value #ACCUSED} that the upstream rejected or confirmed worse
 * than claimed, and the first one since the last check that was not sent. The first, because a new one each second would be
 * garbage that outlives the young generation. Thread-safe; guarded by its monitor.
 */
final class WaitingNonces {
    static final int ACCUSED = 4;

    private final Deque<ReceivedNonce> accused = new ArrayDeque<>(1);
    private @Nullable ReceivedNonce unsent;
    private boolean checked;
    private long checkedNanos;

    synchronized void addAccused(ReceivedNonce nonce) {
        accused.addLast(nonce);
        if (accused.size() > ACCUSED) {
            accused.removeFirst();
        }
    }

    synchronized void addUnsent(ReceivedNonce nonce) {
        unsent = unsent == null ? nonce : unsent;
    }

    synchronized boolean hasAccused() {
        return !accused.isEmpty();
    }

    synchronized boolean hasUnsent() {
        return unsent != null;
    }

    /** For how long the machine was not checked, in nanoseconds; the largest number if it never was. */
    synchronized long uncheckedNanos(long now) {
        return checked ? now - checkedNanos : Long.MAX_VALUE;
    }

    /** Takes the newest accused nonce, else the unsent one; null if there is none any more. The machine counts as checked. */
    synchronized @Nullable ReceivedNonce take(long now) {
        ReceivedNonce next = accused.pollLast();
        return next == null ? takeUnsent(now) : checking(next, now);
    }

    /** Takes the unsent nonce; null if there is none any more. The machine counts as checked. */
    synchronized @Nullable ReceivedNonce takeUnsent(long now) {
        ReceivedNonce next = unsent;
        unsent = null;
        return next == null ? null : checking(next, now);
    }

    private ReceivedNonce checking(ReceivedNonce nonce, long now) {
        checked = true;
        checkedNanos = now;
        return nonce;
    }
}
