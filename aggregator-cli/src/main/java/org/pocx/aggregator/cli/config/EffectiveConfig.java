package org.pocx.aggregator.cli.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.pocx.aggregator.protocol.server.Network;
import org.pocx.aggregator.protocol.tls.TlsFiles;

/** What the program will do with a configuration, as YAML: all defaults filled in, one form, secrets masked. */
public final class EffectiveConfig {
    private final List<YamlText.Entry> entries = new ArrayList<>();
    private final Map<Key<?>, Object> values = new LinkedHashMap<>();

    private EffectiveConfig() {}

    /** The settings as text that is itself a valid configuration, but for the masks. */
    public static String text(Settings settings) {
        return YamlText.render(of(settings).entries);
    }

    /** The value of each key that counts, secrets as {@link Secret}: to be compared, not to be shown. */
    static Map<Key<?>, Object> values(Settings settings) {
        return of(settings).values;
    }

    private static EffectiveConfig of(Settings settings) {
        EffectiveConfig effective = new EffectiveConfig();
        effective.server(settings.server());
        effective.upstream(settings.upstream());
        effective.cache(settings.cache(), settings.upstream());
        effective.quoted(ConfigKeys.DATABASE, settings.database().path());
        effective.plain(ConfigKeys.RETENTION, settings.database().retentionDays());
        effective.dashboard(settings.dashboard());
        effective.metrics(settings.metrics());
        effective.alerts(settings.alerts());
        effective.plain(ConfigKeys.LOG_LEVEL, settings.logging().level().text());
        effective.quoted(
                ConfigKeys.LOG_FILE,
                settings.logging().file().map(Object::toString).orElse(""));
        return effective;
    }

    private void server(Settings.Server server) {
        quoted(ConfigKeys.LISTEN, server.listen());
        plain(ConfigKeys.AUTH_ENABLED, server.auth().isPresent());
        server.auth().ifPresent(auth -> {
            quoted(ConfigKeys.AUTH_USER, auth.user());
            quoted(ConfigKeys.AUTH_PASSWORD, auth.password());
        });
        plain(ConfigKeys.MAX_CONNECTIONS, server.maxConnections());
        plain(ConfigKeys.MAX_BODY_BYTES, server.maxBodyBytes());
        networks(ConfigKeys.ALLOWED_NETWORKS, server.access().allowedNetworks());
        networks(ConfigKeys.TRUSTED_PROXIES, server.access().trustedProxies());
        plain(ConfigKeys.CONNECTIONS_PER_ADDRESS, server.access().connectionsPerAddress());
        plain(ConfigKeys.SUBMISSIONS_PER_SECOND, server.access().submissionsPerSecond());
        server.tls().ifPresent(files -> tls(ConfigKeys.TLS, files));
    }

    private void networks(Key<?> key, List<Network> networks) {
        quoted(key, networks.stream().map(Network::toString).collect(Collectors.joining(", ")));
    }

    private void tls(ConfigKeys.TlsKeys keys, TlsFiles files) {
        switch (files) {
            case TlsFiles.Pem(Path certificates, Path key) -> {
                quoted(keys.certificate(), certificates);
                quoted(keys.key(), key);
            }
            case TlsFiles.Pkcs12(Path file, String password) -> {
                quoted(keys.keyStore(), file);
                quoted(keys.password(), new Secret(password));
            }
        }
    }

    private void dashboard(Optional<Settings.Dashboard> dashboard) {
        plain(ConfigKeys.DASHBOARD_ENABLED, dashboard.isPresent());
        if (dashboard.isEmpty()) {
            return;
        }
        quoted(ConfigKeys.DASHBOARD_LISTEN, dashboard.get().listen());
        plain(ConfigKeys.DASHBOARD_AUTH_ENABLED, dashboard.get().auth().isPresent());
        dashboard.get().auth().ifPresent(auth -> {
            quoted(ConfigKeys.DASHBOARD_AUTH_USER, auth.user());
            quoted(ConfigKeys.DASHBOARD_AUTH_PASSWORD, auth.password());
        });
        dashboard.get().tls().ifPresent(files -> tls(ConfigKeys.DASHBOARD_TLS, files));
    }

    private void upstream(Settings.Upstream upstream) {
        quoted(ConfigKeys.NAME, upstream.name());
        quoted(ConfigKeys.URL, upstream.urlWithoutQuery());
        values.put(ConfigKeys.URL, upstream.url());
        credentials(upstream.credentials());
        plain(ConfigKeys.MODE, ValueType.nameOf(upstream.mode()));
        plain(ConfigKeys.RESEND, upstream.resend());
        plain(ConfigKeys.BLOCK_TIME, upstream.blockTime().toSeconds());
        plain(ConfigKeys.MAX_IN_FLIGHT, upstream.maxInFlight());
        plain(ConfigKeys.RETRY_ATTEMPTS, upstream.retry().maxAttempts());
        plain(ConfigKeys.RETRY_BASE, upstream.retry().baseDelay().toMillis());
        plain(ConfigKeys.RETRY_MAX, upstream.retry().maxDelay().toMillis());
    }

    private void credentials(UpstreamCredentials credentials) {
        switch (credentials) {
            case UpstreamCredentials.None none -> plain(ConfigKeys.RPC_AUTH_TYPE, "none");
            case UpstreamCredentials.Bearer bearer -> quoted(ConfigKeys.AUTH_TOKEN, bearer.token());
            case UpstreamCredentials.UserPassword login -> {
                plain(ConfigKeys.RPC_AUTH_TYPE, "user_pass");
                quoted(ConfigKeys.RPC_USER, login.user());
                quoted(ConfigKeys.RPC_PASSWORD, login.password());
            }
            case UpstreamCredentials.CookieFile cookie -> {
                plain(ConfigKeys.RPC_AUTH_TYPE, "cookie");
                quoted(ConfigKeys.COOKIE_PATH, cookie.path());
            }
        }
    }

    private void cache(Settings.Cache cache, Settings.Upstream upstream) {
        plain(ConfigKeys.TTL, cache.timeToLive().toSeconds());
        plain(ConfigKeys.TIMEOUT, upstream.timeout().toSeconds());
        plain(ConfigKeys.POLL_INTERVAL, cache.pollInterval().toMillis());
        plain(ConfigKeys.STALE_IF_ERROR, cache.staleIfError().toSeconds());
    }

    private void metrics(Settings.Metrics metrics) {
        plain(ConfigKeys.PER_MACHINE, metrics.maxMachines() > 0);
        if (metrics.maxMachines() > 0) {
            plain(ConfigKeys.MAX_MACHINES, metrics.maxMachines());
        }
    }

    private void alerts(Settings.Alerts alerts) {
        alerts.shownWebhook().ifPresent(url -> quoted(ConfigKeys.WEBHOOK, url));
        quoted(ConfigKeys.FARM_NAME, alerts.farmName());
        plain(ConfigKeys.SILENT_ROUNDS, alerts.silentRounds());
        plain(ConfigKeys.ALERTS_PER_HOUR, alerts.maxPerHour());
    }

    private void plain(Key<?> key, Object value) {
        values.put(key, value);
        entries.add(new YamlText.Entry(key, value.toString(), "", true));
    }

    private void quoted(Key<?> key, Object value) {
        values.put(key, value);
        entries.add(new YamlText.Entry(key, YamlText.quoted(Variables.escape(value.toString())), "", true));
    }
}
