package org.pocx.aggregator.protocol.server;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * How a {@link MinerServer} is to listen.
 *
 * @param address where; port 0 takes a free one
 * @param credentials what miners have to show; empty lets everyone in
 * @param maxBodyBytes the longest request body; at least 1,024. See {@link #DEFAULT_MAX_BODY_BYTES}
 * @param name of the program, for {@code /api/info}
 * @param version of the program, for {@code /api/info}
 */
public record MinerServerSettings(
        InetSocketAddress address,
        Optional<BasicCredentials> credentials,
        int maxBodyBytes,
        String name,
        String version) {
    /** 64 KiB: a batch of 100 submissions fits. */
    public static final int DEFAULT_MAX_BODY_BYTES = 64 * 1024;

    private static final int SMALLEST_MAX_BODY_BYTES = 1024;

    public MinerServerSettings {
        if (maxBodyBytes < SMALLEST_MAX_BODY_BYTES) {
            throw new IllegalArgumentException("maxBodyBytes must be at least " + SMALLEST_MAX_BODY_BYTES);
        }
    }

    /** An open port with the default limit. */
    public MinerServerSettings(InetSocketAddress address, String name, String version) {
        this(address, Optional.empty(), DEFAULT_MAX_BODY_BYTES, name, version);
    }
}
