package org.pocx.aggregator.simulator.node;

import java.util.concurrent.Semaphore;

/**
 * How much a node does at once: 16 RPC threads, and 64 requests that wait for one. What comes beyond is turned away with
 * HTTP 503. A pool does all at once.
 *
 * <p>Thread-safe.
 */
final class WorkQueue {
    private static final int NODE_THREADS = 16;
    private static final int NODE_QUEUE = 64;

    private final Semaphore threads;
    private final Semaphore places;

    private WorkQueue(int threads, int places) {
        this.threads = new Semaphore(threads, true);
        this.places = new Semaphore(places);
    }

    static WorkQueue of(Dialect dialect) {
        return switch (dialect) {
            case NODE -> new WorkQueue(NODE_THREADS, NODE_THREADS + NODE_QUEUE);
            case POOL, TEST_CHAIN -> new WorkQueue(Integer.MAX_VALUE, Integer.MAX_VALUE);
        };
    }

    /** Takes a place; false when there is none, and the request is to be turned away. */
    boolean enter() {
        return places.tryAcquire();
    }

    /** Waits, in a place, for a thread. */
    void begin() throws InterruptedException {
        threads.acquire();
    }

    void end() {
        threads.release();
    }

    /** Gives the place back. */
    void leave() {
        places.release();
    }
}
