package org.pocx.aggregator.protocol.server;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

/**
 * Bounds what all large request bodies together take, so that thousands of peers that send much and do not finish cannot
 * fill the heap. The bound is a share of the heap, and at least room for one of the largest bodies and small ones beside
 * it, as far as the heap can carry that. It follows the limit on bodies while the server runs. Thread-safe: one counter.
 */
final class BodyMemory {
    /** A body is there several times while it is parsed and answered. */
    private static final int HEAP_SHARE = 32;

    /** What bodies may take at most, whatever their limit: their copies then leave half of the heap to all else. */
    private static final int LARGEST_HEAP_SHARE = 8;

    private static final long LEAST_BYTES = 1024 * 1024;
    private static final int MIB = 1024 * 1024;

    private final AtomicLong taken = new AtomicLong();
    private final long heapBytes;
    private final IntSupplier maxBodyBytes;
    private final SeldomLog log;

    /**
     * @param heapBytes the largest size of the heap
     * @param maxBodyBytes the longest body that is read, asked each time
     */
    BodyMemory(long heapBytes, IntSupplier maxBodyBytes, SeldomLog log) {
        this.heapBytes = heapBytes;
        this.maxBodyBytes = maxBodyBytes;
        this.log = log;
    }

    Share share() {
        return new Share();
    }

    long left() {
        return capacity() - taken.get();
    }

    private long capacity() {
        long wanted = Math.max(heapBytes / HEAP_SHARE, LEAST_BYTES + 2L * maxBodyBytes.getAsInt());
        return Math.min(wanted, Math.max(LEAST_BYTES, heapBytes / LARGEST_HEAP_SHARE));
    }

    /** Why not even one of the largest bodies can be read, for an operator; empty when it can. */
    Optional<String> shortage() {
        int largest = maxBodyBytes.getAsInt();
        return largest <= capacity()
                ? Optional.empty()
                : Optional.of("server.max_body_bytes is " + largest + ", but a heap of " + heapBytes / MIB
                        + " MiB carries request bodies of at most " + capacity()
                        + " bytes. Requests with larger bodies are dropped. Enlarge the heap (-Xmx), or lower the limit");
    }

    /** What one request takes. Owned by its thread. */
    final class Share implements AutoCloseable {
        private long mine;

        private Share() {}

        /** @throws DroppedConnection when there is not so much left */
        void take(int bytes) throws DroppedConnection {
            mine += bytes;
            if (taken.addAndGet(bytes) > capacity()) {
                log.warn("A request is dropped: too many large ones at once");
                throw new DroppedConnection("too many large requests at once");
            }
        }

        /** Gives back all of it. Idempotent. */
        @Override
        public void close() {
            taken.addAndGet(-mine);
            mine = 0;
        }
    }
}
