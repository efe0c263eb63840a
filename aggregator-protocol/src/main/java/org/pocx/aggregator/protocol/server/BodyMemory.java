package org.pocx.aggregator.protocol.server;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

/**
 * Limits the memory that all large request bodies use together, so that thousands of clients with large unfinished
 * requests cannot fill the heap. The limit is a part of the heap, but at least enough for one body of the maximum size and
 * some small ones, if the heap is large enough. It follows the configured maximum size while the server runs. Thread-safe:
 * one counter.
 */
final class BodyMemory {
    /** A body is in memory several times while it is parsed and answered. */
    private static final int HEAP_PART = 32;

    /**
     * The upper limit for all bodies, whatever their maximum size. With their copies they then use at most half of the
     * heap.
     */
    private static final int LARGEST_HEAP_PART = 8;

    private static final long LEAST_BYTES = 1024 * 1024;
    private static final int MIB = 1024 * 1024;

    private final AtomicLong taken = new AtomicLong();
    private final long heapBytes;
    private final IntSupplier maxBodyBytes;
    private final RateLimitedLog log;

    /**
     * @param heapBytes the maximum heap size
     * @param maxBodyBytes the largest body that is read; called each time
     */
    BodyMemory(long heapBytes, IntSupplier maxBodyBytes, RateLimitedLog log) {
        this.heapBytes = heapBytes;
        this.maxBodyBytes = maxBodyBytes;
        this.log = log;
    }

    Reservation reserve() {
        return new Reservation();
    }

    long left() {
        return capacity() - taken.get();
    }

    private long capacity() {
        long wanted = Math.max(heapBytes / HEAP_PART, LEAST_BYTES + 2L * maxBodyBytes.getAsInt());
        return Math.min(wanted, Math.max(LEAST_BYTES, heapBytes / LARGEST_HEAP_PART));
    }

    /** A message for the operator if a body of the maximum size does not fit; empty if it fits. */
    Optional<String> shortage() {
        int largest = maxBodyBytes.getAsInt();
        return largest <= capacity()
                ? Optional.empty()
                : Optional.of("server.max_body_bytes is " + largest + ", but a heap of " + heapBytes / MIB
                        + " MiB allows request bodies of at most " + capacity()
                        + " bytes. Requests with larger bodies are dropped. Enlarge the heap (-Xmx), or lower the limit");
    }

    /** The memory of one request. Owned by its thread. */
    final class Reservation implements AutoCloseable {
        private long mine;

        private Reservation() {}

        /** @throws DroppedConnection if not enough memory is left */
        void take(int bytes) throws DroppedConnection {
            mine += bytes;
            if (taken.addAndGet(bytes) > capacity()) {
                log.warn("A request is dropped: request-body memory limit reached");
                throw new DroppedConnection("request-body memory limit reached");
            }
        }

        /** Releases all of it. Idempotent. */
        @Override
        public void close() {
            taken.addAndGet(-mine);
            mine = 0;
        }
    }
}
