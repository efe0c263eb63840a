package org.pocx.aggregator.protocol.server;

import com.sun.net.httpserver.HttpsConfigurator;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link MinerServer} is to listen.
 *
 * @param address where; port 0 takes a free one
 * @param rules who may do what, to begin with
 * @param tls asked for a context for each connection; null for plain HTTP
 * @param name of the program, for {@code /api/info}
 * @param version of the program, for {@code /api/info}
 */
public record MinerServerSettings(
        InetSocketAddress address,
        AccessRules rules,
        @Nullable HttpsConfigurator tls,
        String name,
        String version) {
    /**
     * Takes settings that are all there.
     *
     * @throws NullPointerException when a value but {@code tls} is null
     */
    public MinerServerSettings {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(rules, "rules");
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
