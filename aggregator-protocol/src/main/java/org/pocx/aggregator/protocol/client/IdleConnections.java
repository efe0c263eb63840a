package org.pocx.aggregator.protocol.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * Knows whether a call may go out on a connection that was kept from an earlier one: only such a connection can have been
 * closed by the peer while it was idle.
 *
 * <p>{@code java.net.http} does not tell, so this counts along: a complete answer leaves a connection behind, a call takes
 * one. The client may have dropped some meanwhile, so that the answer is "maybe" or a sure "no". Its own remedy, {@code
 * jdk.httpclient.enableAllMethodRetry}, is none: contrary to a comment in its {@code Http1AsyncReceiver} it repeats what
 * failed on fresh connections too (JDK 21 to 25).
 *
 * <p>Thread-safe; the state is guarded by this object. It holds no more entries than there were calls at once.
 */
final class IdleConnections {
    /** The JDK's default, and no less than what {@link HttpClientProperties} sets. */
    static final Duration LONGEST = Duration.ofSeconds(30);

    private final LongSupplier nanoTime;
    private final Deque<Long> idleSince = new ArrayDeque<>();

    /** @param nanoTime a monotonic clock, such as {@link System#nanoTime} */
    IdleConnections(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** A call begins: whether it may get a connection that was idle. */
    synchronized boolean take() {
        long now = nanoTime.getAsLong();
        idleSince.removeIf(since -> now - since > LONGEST.toNanos());
        return idleSince.pollFirst() != null;
    }

    /** A call has ended, and its connection stays open. */
    synchronized void put() {
        idleSince.addLast(nanoTime.getAsLong());
    }

    /** One was found closed: so are the others, for all that we know. */
    synchronized void forget() {
        idleSince.clear();
    }
}
