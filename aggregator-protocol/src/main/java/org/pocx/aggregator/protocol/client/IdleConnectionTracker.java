package org.pocx.aggregator.protocol.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * Estimates whether a request is sent on a reused connection. Only a reused connection can have been closed by the peer
 * while it was idle.
 *
 * <p>{@code java.net.http} does not report this, so this class counts: a complete response leaves an idle connection, and a
 * request takes one. The client may have closed idle connections since, so the result is either "possibly" or "certainly
 * not". The client's own retry, {@code jdk.httpclient.enableAllMethodRetry}, cannot be used: contrary to a comment in {@code
 * Http1AsyncReceiver}, it also repeats requests that failed on new connections (JDK 21 to 25).
 *
 * <p>Thread-safe; its monitor guards the state. It has at most one entry for each concurrent call.
 */
final class IdleConnectionTracker {
    /** The JDK's default; {@link HttpClientProperties} sets a shorter time. */
    static final Duration MAX_IDLE = Duration.ofSeconds(30);

    private final LongSupplier nanoTime;
    private final Deque<Long> idleSince = new ArrayDeque<>();

    /** @param nanoTime a monotonic clock, such as {@link System#nanoTime} */
    IdleConnectionTracker(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Records a request, and returns whether it is possibly sent on a reused connection. */
    synchronized boolean onRequest() {
        long now = nanoTime.getAsLong();
        idleSince.removeIf(since -> now - since > MAX_IDLE.toNanos());
        return idleSince.pollFirst() != null;
    }

    /** Records that a request has ended and its connection stays open. */
    synchronized void onConnectionKept() {
        idleSince.addLast(nanoTime.getAsLong());
    }

    /** Forgets all idle connections: after one was found closed, the others may be closed too. */
    synchronized void clear() {
        idleSince.clear();
    }
}
