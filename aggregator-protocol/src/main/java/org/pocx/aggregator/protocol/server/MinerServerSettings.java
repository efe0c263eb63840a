package org.pocx.aggregator.protocol.server;

import com.sun.net.httpserver.HttpsConfigurator;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;

/**
 * How a {@link MinerServer} is to listen.
 *
 * @param address where; port 0 takes a free one
 * @param rules who may do what, to begin with
 * @param tls asked for a context for each connection; empty for plain HTTP
 * @param name of the program, for {@code /api/info}
 * @param version of the program, for {@code /api/info}
 */
public record MinerServerSettings(
        InetSocketAddress address,
        AccessRules rules,
        Optional<HttpsConfigurator> tls,
        String name,
        String version) {
    /**
     * Takes settings that are all there.
     *
     * @throws NullPointerException when a value is null
     */
    public MinerServerSettings {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(rules, "rules");
        Objects.requireNonNull(tls, "tls");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
    }

    /**
     * A plain and open port with the default limits.
     *
     * @param address where; port 0 takes a free one
     * @param name of the program, for {@code /api/info}
     * @param version of the program, for {@code /api/info}
     */
    public MinerServerSettings(InetSocketAddress address, String name, String version) {
        this(address, AccessRules.OPEN, Optional.empty(), name, version);
    }
}
