package org.pocx.aggregator.protocol.server;

import com.sun.net.httpserver.HttpsConfigurator;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
        @Nullable HttpsConfigurator tls,
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
        this(address, AccessRules.OPEN, null, name, version);
    }

    /**
     * {@return these settings with other rules}
     *
     * @param changed who may do what, to begin with
     */
    public MinerServerSettings withRules(AccessRules changed) {
        return new MinerServerSettings(address, changed, tls, name, version);
    }

    /**
     * {@return these settings with TLS}
     *
     * @param configurator asked for a context for each connection
     */
    public MinerServerSettings withTls(HttpsConfigurator configurator) {
        return new MinerServerSettings(
                address, rules, Objects.requireNonNull(configurator, "configurator"), name, version);
    }
}
