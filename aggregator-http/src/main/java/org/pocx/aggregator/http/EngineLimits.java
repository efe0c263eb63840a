package org.pocx.aggregator.http;

import java.time.Duration;

/**
 * Time and size limits. A request beyond a size limit is answered with an error. When a time limit is exceeded, the
 * connection is closed.
 *
 * @param request from the first byte of a request (for the first one: from the connection's beginning) to the end of
 *     its body, TLS handshake included
 * @param answer until the peer has received a piece of a response of at most 64 KiB
 * @param idle between two requests
 * @param headBytes the maximum size of a request line with its header fields, each of which counts 32 more; at least
 *     512
 * @param fields the maximum number of header fields; at least 1
 */
public record EngineLimits(Duration request, Duration answer, Duration idle, int headBytes, int fields) {
    /**
     * The limits of the miner port: 30 s, 30 s, 120 s, 8 KiB, 64 fields. With these, 20,000 unfinished heads fit into
     * memory.
     */
    public static final EngineLimits DEFAULT =
            new EngineLimits(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(120), 8 * 1024, 64);

    private static final int LEAST_HEAD_BYTES = 512;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if no request could meet a limit
     */
    public EngineLimits {
        if (headBytes < LEAST_HEAD_BYTES || fields < 1) {
            throw new IllegalArgumentException("headBytes must be at least " + LEAST_HEAD_BYTES + ", fields 1");
        }
        if (!request.isPositive() || !answer.isPositive() || !idle.isPositive()) {
            throw new IllegalArgumentException("durations must be positive");
        }
    }
}
