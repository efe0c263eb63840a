package org.pocx.aggregator.protocol.server;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Reads and discards what a client still sends after its response. Otherwise the connection of a client that writes
 * everything before it reads would be reset, and the response would be lost (RFC 9112, 9.6).
 */
final class RequestBodyDrain {
    /**
     * Enough for {@link #MAX_BYTES} on a local network; shorter than the time that the server waits for running
     * requests at its end.
     */
    static final Duration LIMIT = Duration.ofSeconds(3);

    static final long MAX_BYTES = 32L * 1024 * 1024;

    private static final int BUFFER_BYTES = 8 * 1024;

    private RequestBodyDrain() {}

    /**
     * Reads to the end of the body, within both limits.
     *
     * @param in the body of the calling thread's connection, which the engine reads from a channel, so an interrupt
     *     ends the read
     * @throws IOException if the body exceeds a limit or the client is gone; the connection must be closed
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
            Thread.interrupted(); // a late interrupt must not affect the thread's next request
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
