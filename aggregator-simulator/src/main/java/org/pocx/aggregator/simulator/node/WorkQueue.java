package org.pocx.aggregator.simulator.node;

import java.util.concurrent.Semaphore;

/**
 * The limit of requests that a node processes: 16 RPC threads, and 64 requests that wait for a thread. It rejects further
 * requests with HTTP 503. A pool has no limit.
 *
 * <p>Thread-safe.
 */
final class WorkQueue {
    private static final int NODE_THREADS = 16;
    private static final int NODE_QUEUE = 64;

    private final Semaphore threads;
    private final Semaphore requests;

    private WorkQueue(int threads, int requests) {
        this.threads = new Semaphore(threads, true);
        this.requests = new Semaphore(requests);
    }

    static WorkQueue of(Dialect dialect) {
        return switch (dialect) {
            case NODE -> new WorkQueue(NODE_THREADS, NODE_THREADS + NODE_QUEUE);
            case POOL -> new WorkQueue(Integer.MAX_VALUE, Integer.MAX_VALUE);
        };
    }

    /** Runs the task when a thread is free. Returns the other response if the queue is full. */
    NodeResponse run(Task task, NodeResponse whenFull) throws InterruptedException {
        if (!requests.tryAcquire()) {
            return whenFull;
        }
        try {
            threads.acquire();
            try {
                return task.run();
            } finally {
                threads.release();
            }
        } finally {
            requests.release();
        }
    }

    /** The processing of a request. */
    interface Task {
        NodeResponse run() throws InterruptedException;
    }
}
