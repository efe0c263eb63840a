package org.pocx.aggregator.protocol.engine;

import java.time.Duration;

/**
 * How long peers may take and how much they may send before their request is refused or their connection is closed.
 *
 * @param request from the first byte of a request (for the first one: from the connection's beginning) to the end of
 *     its body, TLS handshake included
 * @param answer for a piece of an answer, 64 KiB at most, to be taken by the peer
 * @param idle between two requests
 * @param headBytes of a request line with its header fields, each of which counts 32 more; at least 512
 */
public record EngineLimits(Duration request, Duration answer, Duration idle, int headBytes) {
    /** What the miner port has: 30 s, 30 s, 120 s, 32 KiB. */
    public static final EngineLimits DEFAULT =
            new EngineLimits(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(120), 32 * 1024);

    private static final int LEAST_HEAD_BYTES = 512;

    public EngineLimits {
        if (headBytes < LEAST_HEAD_BYTES) {
            throw new IllegalArgumentException("headBytes must be at least " + LEAST_HEAD_BYTES);
        }
        if (!request.isPositive() || !answer.isPositive() || !idle.isPositive()) {
            throw new IllegalArgumentException("durations must be positive");
        }
    }
}
