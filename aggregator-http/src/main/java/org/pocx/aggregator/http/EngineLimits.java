package org.pocx.aggregator.http;

import java.time.Duration;

/**
 * Time and size limits. A request beyond a size limit is answered with an error, a peer beyond a time limit loses its connection.
 *
 * @param request from the first byte of a request (for the first one: from the connection's beginning) to the end of
 *     its body, TLS handshake included
 * @param answer for a piece of an answer, 64 KiB at most, to be taken by the peer
 * @param idle between two requests
 * @param headBytes of a request line with its header fields, each of which counts 32 more; at least 512
 * @param fields in a head, at most; at least 1
 */
public record EngineLimits(Duration request, Duration answer, Duration idle, int headBytes, int fields) {
    /** What the miner port has: 30 s, 30 s, 120 s, 8 KiB, 64 fields. Twenty thousand unfinished heads fit into memory. */
    public static final EngineLimits DEFAULT =
            new EngineLimits(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(120), 8 * 1024, 64);

    private static final int LEAST_HEAD_BYTES = 512;

    /**
     * Takes limits under which requests are served.
     *
     * @throws IllegalArgumentException when a limit would let no request through
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
