package org.pocx.aggregator.protocol.server;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds what all large request bodies together take, so that thousands of peers that send much and do not finish cannot
 * fill the heap. Thread-safe: one counter.
 */
final class BodyMemory {
    /** A body is there several times while it is parsed and answered. */
    private static final int HEAP_SHARE = 32;

    private static final long LEAST_BYTES = 1024 * 1024;

    private final AtomicLong left;
    private final SeldomLog log;

    BodyMemory(long bytes, SeldomLog log) {
        left = new AtomicLong(bytes);
        this.log = log;
    }

    /** A share of this JVM's heap, and room for one of the largest bodies. */
    static BodyMemory ofHeap(int maxBodyBytes, SeldomLog log) {
        long share = Runtime.getRuntime().maxMemory() / HEAP_SHARE;
        return new BodyMemory(Math.max(LEAST_BYTES + 2L * maxBodyBytes, share), log);
    }

    Share share() {
        return new Share();
    }

    long left() {
        return left.get();
    }

    /** What one request takes. Owned by its thread. */
    final class Share implements AutoCloseable {
        private long taken;

        private Share() {}

        /** @throws DroppedConnection when there is not so much left */
        void take(int bytes) throws DroppedConnection {
            taken += bytes;
            if (left.addAndGet(-bytes) < 0) {
                log.warn("A request is dropped: too many large ones at once");
                throw new DroppedConnection("too many large requests at once");
            }
        }

        /** Gives back all of it. Idempotent. */
        @Override
        public void close() {
            left.addAndGet(taken);
            taken = 0;
        }
    }
}
