package org.pocx.aggregator.protocol.server;

import com.sun.net.httpserver.HttpsConfigurator;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;

/**
 * The settings of a {@link MinerServer}.
 *
 * @param address the address to listen on; port 0 selects a free port
 * @param rules the initial access rules
 * @param tls configures each connection; empty for plain HTTP
 * @param name the program's name, for {@code /api/info}
 * @param version the program's version, for {@code /api/info}
 */
public record MinerServerSettings(
        InetSocketAddress address,
        AccessRules rules,
        Optional<HttpsConfigurator> tls,
        String name,
        String version) {
    /**
     * Checks that no value is missing.
     *
     * @throws NullPointerException if a value is null
     */
    public MinerServerSettings {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(rules, "rules");
        Objects.requireNonNull(tls, "tls");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
    }

    /**
     * Settings of a plain HTTP port that admits everyone, with the default limits.
     *
     * @param address the address to listen on; port 0 selects a free port
     * @param name the program's name, for {@code /api/info}
     * @param version the program's version, for {@code /api/info}
     */
    public MinerServerSettings(InetSocketAddress address, String name, String version) {
        this(address, AccessRules.OPEN, Optional.empty(), name, version);
    }
}
