package org.pocx.aggregator.cli;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pocx.aggregator.cli.config.Settings;
import org.pocx.aggregator.cli.config.UpstreamCredentials;
import org.pocx.aggregator.core.upstream.NamedUpstream;
import org.pocx.aggregator.core.upstream.Upstream;
import org.pocx.aggregator.protocol.client.Credentials;
import org.pocx.aggregator.protocol.client.RpcUpstream;
import org.pocx.aggregator.protocol.client.RpcUpstreamSettings;

/**
 * Makes the upstreams that the configuration names. One that does not change keeps its connections when the configuration is
 * read again. Not thread-safe.
 */
final class ConfiguredUpstreams {
    private final String node;
    private Map<Configured, Upstream> present = Map.of();

    private record Configured(Settings.Endpoint endpoint, Duration timeout) {}

    /** @param node a name of this machine: the same address means another upstream on another one */
    ConfiguredUpstreams(String node) {
        this.node = node;
    }

    /** Returns the upstreams, in order of preference. Those that are not configured any more are the aggregator's to close. */
    List<NamedUpstream> of(Settings.Upstream settings) {
        Map<Configured, Upstream> next = new HashMap<>();
        List<NamedUpstream> all = settings.endpoints().stream()
                .map(endpoint -> {
                    Configured key = new Configured(endpoint, settings.timeout());
                    Upstream known = present.get(key);
                    Upstream port = known != null ? known : upstream(endpoint, settings.timeout());
                    next.put(key, port);
                    return new NamedUpstream(endpoint.name(), endpoint.id(node), port);
                })
                .toList();
        present = next;
        return all;
    }

    /** Returns a new upstream, which the caller closes. */
    static Upstream upstream(Settings.Endpoint endpoint, Duration timeout) {
        return new RpcUpstream(
                new RpcUpstreamSettings(endpoint.url(), credentials(endpoint.credentials()), timeout)
                        .withProxy(endpoint.proxy())
                        .withKind(endpoint.kind()));
    }

    private static Credentials credentials(UpstreamCredentials configured) {
        return switch (configured) {
            case UpstreamCredentials.None none -> new Credentials.None();
            case UpstreamCredentials.Bearer bearer -> new Credentials.Bearer(
                    bearer.token().reveal());
            case UpstreamCredentials.UserPassword login -> new Credentials.Basic(
                    login.user(), login.password().reveal());
            case UpstreamCredentials.CookieFile cookie -> new Credentials.CookieFile(
                    cookie.path());
        };
    }
}
