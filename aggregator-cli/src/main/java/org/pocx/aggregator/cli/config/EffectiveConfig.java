package org.pocx.aggregator.cli.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.pocx.aggregator.protocol.server.Network;
import org.pocx.aggregator.protocol.tls.TlsFiles;
import org.pocx.aggregator.protocol.tls.TlsFiles.Pem;
import org.pocx.aggregator.protocol.tls.TlsFiles.Pkcs12;

/** The configuration that is in effect, as YAML: with all defaults, in one form, with masked secrets. */
public final class EffectiveConfig {
    /** Where the value of each key is in the settings; an empty Optional for a key without effect. */
    private static final Map<Key<?>, Function<Settings, Object>> SOURCES = new LinkedHashMap<>();

    static {
        show(ConfigKeys.LISTEN, all -> all.server().listen());
        show(ConfigKeys.AUTH_ENABLED, all -> all.server().auth().enabled());
        show(ConfigKeys.AUTH_USER, all -> all.server().auth().sharedUser());
        show(ConfigKeys.AUTH_PASSWORD, all -> all.server().auth().shared().map(Settings.BasicAuth::password));
        show(ConfigKeys.USERS, all -> all.server().auth().users());
        show(ConfigKeys.MAX_CONNECTIONS, all -> all.server().maxConnections());
        show(ConfigKeys.MAX_BODY_BYTES, all -> all.server().maxBodyBytes());
        show(ConfigKeys.ALLOWED_NETWORKS, all -> joined(all.server().access().allowedNetworks()));
        show(ConfigKeys.TRUSTED_PROXIES, all -> joined(all.server().access().trustedProxies()));
        show(ConfigKeys.CONNECTIONS_PER_ADDRESS, all -> all.server().access().connectionsPerAddress());
        show(ConfigKeys.SUBMISSIONS_PER_SECOND, all -> all.server().access().submissionsPerSecond());
        tls(ConfigKeys.TLS, all -> all.server().tls());
        show(ConfigKeys.NAME, all -> all.upstream().name());
        show(ConfigKeys.URL, all -> all.upstream().url());
        show(ConfigKeys.AUTH_TOKEN, all -> login(all, UpstreamCredentials.Bearer.class).map(it -> it.token()));
        show(ConfigKeys.RPC_AUTH_TYPE, all -> loginType(all.upstream().credentials()));
        show(ConfigKeys.RPC_USER, all -> login(all, UpstreamCredentials.UserPassword.class).map(it -> it.user()));
        show(ConfigKeys.RPC_PASSWORD,
                all -> login(all, UpstreamCredentials.UserPassword.class).map(it -> it.password()));
        show(ConfigKeys.COOKIE_PATH, all -> login(all, UpstreamCredentials.CookieFile.class).map(it -> it.path()));
        show(ConfigKeys.PROXY, all -> new Secret(all.upstream().proxy().text()));
        show(ConfigKeys.KIND, all -> all.upstream().kind());
        show(ConfigKeys.MODE, all -> all.upstream().mode());
        show(ConfigKeys.RESEND, all -> all.upstream().resend());
        show(ConfigKeys.BLOCK_TIME, all -> all.upstream().blockTime().toSeconds());
        show(ConfigKeys.MAX_IN_FLIGHT, all -> all.upstream().maxInFlight());
        show(ConfigKeys.RETRY_ATTEMPTS, all -> all.upstream().retry().maxAttempts());
        show(ConfigKeys.RETRY_BASE, all -> all.upstream().retry().baseDelay().toMillis());
        show(ConfigKeys.RETRY_MAX, all -> all.upstream().retry().maxDelay().toMillis());
        show(ConfigKeys.BACKUPS, all -> Optional.of(all.upstream().backups()).filter(list -> !list.isEmpty()));
        show(ConfigKeys.FAILOVER_AFTER, all -> all.upstream().failover().after().toSeconds());
        show(ConfigKeys.FAILOVER_RETURN, all -> all.upstream().failover().returnAfter().toSeconds());
        show(ConfigKeys.TTL, all -> all.cache().timeToLive().toSeconds());
        show(ConfigKeys.TIMEOUT, all -> all.upstream().timeout().toSeconds());
        show(ConfigKeys.POLL_INTERVAL, all -> all.cache().pollInterval().toMillis());
        show(ConfigKeys.STALE_IF_ERROR, all -> all.cache().staleIfError().toSeconds());
        show(ConfigKeys.DATABASE, all -> Optional.of(all.database())
                .filter(it -> it.server().isEmpty())
                .map(Settings.Database::path));
        show(ConfigKeys.DATABASE_URL, all -> all.database().server().map(Settings.DatabaseServer::url));
        show(ConfigKeys.DATABASE_PASSWORD, all -> all.database().server().flatMap(Settings.DatabaseServer::password));
        show(ConfigKeys.RETENTION, all -> all.database().retentionDays());
        show(ConfigKeys.DASHBOARD_ENABLED, all -> all.dashboard().isPresent());
        show(ConfigKeys.DASHBOARD_LISTEN, all -> all.dashboard().map(Settings.Dashboard::listen));
        show(ConfigKeys.DASHBOARD_AUTH_ENABLED, all -> all.dashboard().map(it -> it.auth().isPresent()));
        show(ConfigKeys.DASHBOARD_AUTH_USER, all -> dashboardAuth(all).map(Settings.BasicAuth::user));
        show(ConfigKeys.DASHBOARD_AUTH_PASSWORD, all -> dashboardAuth(all).map(Settings.BasicAuth::password));
        tls(ConfigKeys.DASHBOARD_TLS, all -> all.dashboard().flatMap(Settings.Dashboard::tls));
        show(ConfigKeys.PER_MACHINE, all -> all.metrics().maxMachines() > 0);
        show(ConfigKeys.MAX_MACHINES, all -> Optional.of(all.metrics().maxMachines()).filter(max -> max > 0));
        show(ConfigKeys.WEBHOOK, all -> all.alerts().webhook());
        show(ConfigKeys.FARM_NAME, all -> all.alerts().farmName());
        show(ConfigKeys.SILENT_ROUNDS, all -> all.alerts().silentRounds());
        show(ConfigKeys.ALERTS_PER_HOUR, all -> all.alerts().maxPerHour());
        show(ConfigKeys.MACHINES, Settings::machines);
        show(ConfigKeys.VERIFICATION_MODE, all -> all.verification().mode());
        show(ConfigKeys.VERIFICATION_CPU, all -> all.verification().cpuPercent());
        show(ConfigKeys.LOG_LEVEL, all -> all.logging().level());
        show(ConfigKeys.LOG_FILE, all -> all.logging().file().map(Object::toString).orElse(""));
    }

    private EffectiveConfig() {}

    private static void show(Key<?> key, Function<Settings, Object> source) {
        SOURCES.put(key, source);
    }

    private static void tls(ConfigKeys.TlsKeys keys, Function<Settings, Optional<TlsFiles>> files) {
        show(keys.certificate(), all -> files.apply(all).flatMap(it -> as(Pem.class, it)).map(Pem::certificates));
        show(keys.key(), all -> files.apply(all).flatMap(it -> as(Pem.class, it)).map(Pem::key));
        show(keys.keyStore(), all -> files.apply(all).flatMap(it -> as(Pkcs12.class, it)).map(Pkcs12::file));
        show(keys.password(), all -> files.apply(all)
                .flatMap(it -> as(Pkcs12.class, it))
                .map(store -> new Secret(store.password())));
    }

    private static <T> Optional<T> as(Class<T> type, Object value) {
        return type.isInstance(value) ? Optional.of(type.cast(value)) : Optional.empty();
    }

    private static <T> Optional<T> login(Settings all, Class<T> type) {
        return as(type, all.upstream().credentials());
    }

    private static Optional<ConfigKeys.AuthType> loginType(UpstreamCredentials credentials) {
        return switch (credentials) {
            case UpstreamCredentials.None none -> Optional.of(ConfigKeys.AuthType.NONE);
            case UpstreamCredentials.Bearer token -> Optional.empty();
            case UpstreamCredentials.UserPassword login -> Optional.of(ConfigKeys.AuthType.USER_PASS);
            case UpstreamCredentials.CookieFile cookie -> Optional.of(ConfigKeys.AuthType.COOKIE);
        };
    }

    private static Optional<Settings.BasicAuth> dashboardAuth(Settings all) {
        return all.dashboard().flatMap(Settings.Dashboard::auth);
    }

    private static String joined(List<Network> networks) {
        return networks.stream().map(Network::toString).collect(Collectors.joining(", "));
    }

    /** Returns the settings as text that is a valid configuration, except for the masks. */
    public static String text(Settings settings) {
        Map<Key<?>, Object> values = values(settings);
        values.put(ConfigKeys.URL, settings.upstream().urlWithoutQuery());
        values.put(ConfigKeys.PROXY, settings.upstream().proxy().shown());
        if (!settings.upstream().backups().isEmpty()) {
            values.put(ConfigKeys.BACKUPS, new BackupsText(settings.upstream().backups(), settings.upstream().proxy()));
        }
        settings.alerts().shownWebhook().ifPresent(url -> values.put(ConfigKeys.WEBHOOK, url));
        List<YamlText.Entry> entries = new ArrayList<>();
        values.forEach((key, value) -> entries.add(new YamlText.Entry(key, yaml(settings, key, value), "", true)));
        return YamlText.render(entries);
    }

    private static String yaml(Settings settings, Key<?> key, Object value) {
        if (key.equals(ConfigKeys.USERS)) {
            return NamedMaps.usersText(settings.server().auth().users());
        }
        if (key.equals(ConfigKeys.MACHINES)) {
            return NamedMaps.machinesText(settings.machines());
        }
        boolean plain = value instanceof Number || value instanceof Boolean || value instanceof Enum
                || value instanceof BackupsText;
        return plain ? textOf(value) : YamlText.quoted(Variables.escape(textOf(value)));
    }

    /** Returns the value as it stands in a file, without quotes. */
    static String textOf(Object value) {
        return value instanceof Enum<?> constant ? ValueType.nameOf(constant) : value.toString();
    }

    /** Returns the value of each key that has an effect, secrets as {@link Secret}: to compare, not to show. */
    static Map<Key<?>, Object> values(Settings settings) {
        Map<Key<?>, Object> values = new LinkedHashMap<>();
        SOURCES.forEach((key, source) -> {
            Object value = source.apply(settings);
            Object found = value instanceof Optional<?> optional ? optional.orElse(null) : value;
            if (found != null) {
                values.put(key, found);
            }
        });
        return values;
    }
}
