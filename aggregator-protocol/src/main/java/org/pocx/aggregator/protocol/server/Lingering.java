package org.pocx.aggregator.protocol.server;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Takes what a peer still sends after its answer, and throws it away. A peer that writes all before it reads would find
 * its connection reset otherwise, and the answer gone with it (RFC 9112, 9.6).
 */
final class Lingering {
    /** Enough for {@link #MAX_BYTES} on a farm's network; shorter than the server waits for its requests to end. */
    static final Duration LIMIT = Duration.ofSeconds(3);

    static final long MAX_BYTES = 32L * 1024 * 1024;

    private static final int BUFFER_BYTES = 8 * 1024;

    private Lingering() {}

    /**
     * Reads to the end, and beyond neither of the limits.
     *
     * @param in of the calling thread's own connection, which the engine reads from a channel: an interrupt ends that
     * @throws IOException when there is no end, or the peer is gone: the connection is of no use
     */
    static void drain(InputStream in) throws IOException {
        Thread reader = Thread.currentThread();
        CompletableFuture<Void> end = new CompletableFuture<>();
        CompletableFuture<Void> watch = end.copy()
                .orTimeout(LIMIT.toNanos(), TimeUnit.NANOSECONDS)
                .exceptionally(late -> {
                    reader.interrupt();
                    return null;
                });
        try {
            discard(in);
        } finally {
            end.complete(null);
            watch.join();
            Thread.interrupted(); // what comes too late must not meet the thread's next request
        }
    }

    private static void discard(InputStream in) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long left = MAX_BYTES;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            left -= read;
            if (left < 0) {
                throw new DroppedConnection("the body does not end");
            }
        }
    }
}
