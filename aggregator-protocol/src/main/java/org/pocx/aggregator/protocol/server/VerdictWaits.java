package org.pocx.aggregator.protocol.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import org.pocx.aggregator.core.upstream.VerdictAnswer;
import org.pocx.aggregator.http.Disconnection;

/**
 * The requests that wait for the verdict on a nonce: at most {@value #PER_PEER} of an address, and a quarter of the
 * connections. Those beyond that are answered as held at once. A request gives its place back when its client disconnects.
 *
 * <p>Thread-safe: the monitor guards the places. No verdict is completed under it.
 */
final class VerdictWaits {
    static final int PER_PEER = 256;

    /** One of so many connections may wait. */
    static final int SHARE = 4;

    private static final VerdictAnswer HELD = new VerdictAnswer.Held();

    private final IntSupplier maxConnections;
    private final RateLimitedLog log;
    private final Map<String, Integer> byPeer = new HashMap<>();
    private final Map<Thread, CompletableFuture<VerdictAnswer>> waiting = new HashMap<>();
    private final LongAdder held = new LongAdder();
    private boolean closed;

    /** @param maxConnections open at once; called each time */
    VerdictWaits(IntSupplier maxConnections, RateLimitedLog log) {
        this.maxConnections = maxConnections;
        this.log = log;
    }

    /**
     * Waits for a verdict on this thread.
     *
     * @param exchange of the request, whose body has been read
     * @param peer the address of the client
     * @param atMost zero or less waits for nothing
     * @return the verdict, or held; then the verdict is completed, too
     * @throws IOException if the client has disconnected
     */
    VerdictAnswer await(
            HttpExchange exchange, String peer, CompletableFuture<VerdictAnswer> verdict, Duration atMost)
            throws IOException {
        if (!verdict.isDone() && atMost.isPositive() && enter(peer, verdict)) {
            try {
                Disconnection.watch(exchange, () -> verdict.complete(HELD));
                verdict.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException | ExecutionException none) {
                verdict.complete(HELD);
            } catch (InterruptedException closing) {
                verdict.complete(HELD);
                Thread.currentThread().interrupt();
                throw new DroppedConnection("the server is closing");
            } finally {
                leave(peer);
            }
        }
        verdict.complete(HELD);
        VerdictAnswer answer = verdict.join();
        if (answer instanceof VerdictAnswer.Held) {
            held.increment();
        }
        return answer;
    }

    private synchronized boolean enter(String peer, CompletableFuture<VerdictAnswer> verdict) {
        int limit = Math.max(1, maxConnections.getAsInt() / SHARE);
        if (closed) {
            return false;
        }
        if (byPeer.getOrDefault(peer, 0) >= PER_PEER) {
            log.warn("A nonce of " + peer + " is kept, but its sender cannot wait for the verdict: " + PER_PEER
                    + " requests of this address wait");
            return false;
        }
        if (waiting.size() >= limit) {
            log.warn("A nonce of " + peer + " is kept, but its sender cannot wait for the verdict: all " + limit
                    + " places are in use, a quarter of server.max_connections");
            return false;
        }
        waiting.put(Thread.currentThread(), verdict);
        byPeer.merge(peer, 1, Integer::sum);
        return true;
    }

    private synchronized void leave(String peer) {
        waiting.remove(Thread.currentThread());
        byPeer.computeIfPresent(peer, (address, count) -> count == 1 ? null : count - 1);
    }

    /** How many requests wait now. */
    synchronized int waiting() {
        return waiting.size();
    }

    /** How many requests were answered as held. */
    long held() {
        return held.sum();
    }

    /** Answers all requests that wait as held, and those that would. */
    void close() {
        end().forEach(verdict -> verdict.complete(HELD));
    }

    private synchronized List<CompletableFuture<VerdictAnswer>> end() {
        closed = true;
        return List.copyOf(waiting.values());
    }
}
