package org.pocx.aggregator.simulator.node;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pocx.aggregator.core.mining.NonceSubmission;

/**
 * What reached a {@link ChainServer}, in order of arrival, those that met a fault included. It keeps the last {@value
 * #CAPACITY} calls, and counts them all.
 *
 * <p>Thread-safe; guarded by its own monitor. Answers are copies.
 */
public final class RequestLog {
    private static final int CAPACITY = 100_000;

    private final InstantSource clock;
    private final Deque<ReceivedRequest> requests = new ArrayDeque<>();
    private final Map<String, Gauge> gauges = new HashMap<>();

    RequestLog(InstantSource clock) {
        this.clock = clock;
    }

    /** A call begins; close what is returned when it ends. Methods that do not exist count as one. */
    synchronized Running begin(String method, Optional<NonceSubmission> submission) {
        if (requests.size() == CAPACITY) {
            requests.removeFirst();
        }
        requests.addLast(new ReceivedRequest(clock.instant(), method, submission));
        Gauge gauge = gauges.computeIfAbsent(method, name -> new Gauge());
        gauge.count++;
        gauge.running++;
        gauge.most = Math.max(gauge.most, gauge.running);
        return () -> end(gauge);
    }

    private synchronized void end(Gauge gauge) {
        gauge.running--;
    }

    /**
     * {@return how many calls of the method came}
     *
     * @param method its name in JSON-RPC
     */
    public synchronized long count(String method) {
        Gauge gauge = gauges.get(method);
        return gauge == null ? 0 : gauge.count;
    }

    /**
     * {@return how many calls of the method were going on at once, at most}
     *
     * @param method its name in JSON-RPC
     */
    public synchronized int mostAtOnce(String method) {
        Gauge gauge = gauges.get(method);
        return gauge == null ? 0 : gauge.most;
    }

    /** {@return the calls that are kept, oldest first} */
    public synchronized List<ReceivedRequest> requests() {
        return List.copyOf(requests);
    }

    /** {@return the well-formed nonces among them, oldest first} */
    public List<NonceSubmission> submissions() {
        return requests().stream()
                .flatMap(request -> request.submission().stream())
                .toList();
    }

    /** A call that is going on. */
    interface Running extends AutoCloseable {
        @Override
        void close();
    }

    private static final class Gauge {
        private long count;
        private int running;
        private int most;
    }
}
