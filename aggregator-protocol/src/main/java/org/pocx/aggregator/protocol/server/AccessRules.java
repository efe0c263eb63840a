package org.pocx.aggregator.protocol.server;

import java.net.InetAddress;
import java.util.List;
import java.util.Objects;

/**
 * The access rules of a miner port. They can be changed while the server runs: {@link MinerServer#update}.
 *
 * @param logins how miners log in
 * @param allowedNetworks the networks that miners may connect from; empty for all
 * @param trustedProxies the networks of proxies whose {@code X-Forwarded-For} is trusted
 * @param maxConnections open at once, at least 1
 * @param connectionsPerAddress open at once from one address, except proxies; 0 for no limit
 * @param submissionsPerSecond from one address, on average; 0 for no limit
 * @param maxBodyBytes the largest request body, at least 1,024. All bodies together use at most an eighth of the heap,
 *     so a request with a larger body is dropped
 */
public record AccessRules(
        MinerLogins logins,
        List<Network> allowedNetworks,
        List<Network> trustedProxies,
        int maxConnections,
        int connectionsPerAddress,
        int submissionsPerSecond,
        int maxBodyBytes) {
    /** 64 KiB: a batch of 100 submissions fits. */
    public static final int DEFAULT_MAX_BODY_BYTES = 64 * 1024;

    /** Admits everyone, on up to 20,000 connections. */
    public static final AccessRules OPEN =
            new AccessRules(MinerLogins.NONE, List.of(), List.of(), 20_000, 0, 0, DEFAULT_MAX_BODY_BYTES);

    private static final int SMALLEST_MAX_BODY_BYTES = 1024;

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException when a limit is out of its range
     */
    public AccessRules {
        Objects.requireNonNull(logins, "logins");
        Objects.requireNonNull(allowedNetworks, "allowedNetworks");
        Objects.requireNonNull(trustedProxies, "trustedProxies");
        allowedNetworks = List.copyOf(allowedNetworks);
        trustedProxies = List.copyOf(trustedProxies);
        if (maxBodyBytes < SMALLEST_MAX_BODY_BYTES) {
            throw new IllegalArgumentException("maxBodyBytes must be at least " + SMALLEST_MAX_BODY_BYTES);
        }
        if (maxConnections < 1 || connectionsPerAddress < 0 || submissionsPerSecond < 0) {
            throw new IllegalArgumentException("limits must not be negative, and maxConnections must be at least 1");
        }
    }

    /**
     * {@return these rules with other credentials}
     *
     * @param needed what every miner must send from then on; its user is not the name of a machine
     */
    public AccessRules withCredentials(BasicCredentials needed) {
        return new AccessRules(
                MinerLogins.shared(Objects.requireNonNull(needed, "needed")),
                allowedNetworks,
                trustedProxies,
                maxConnections,
                connectionsPerAddress,
                submissionsPerSecond,
                maxBodyBytes);
    }

    boolean allows(InetAddress miner) {
        return allowedNetworks.isEmpty() || Network.anyContains(allowedNetworks, miner);
    }

    boolean trusts(InetAddress peer) {
        return Network.anyContains(trustedProxies, peer);
    }
}
