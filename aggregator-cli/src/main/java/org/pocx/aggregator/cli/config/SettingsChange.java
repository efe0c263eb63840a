package org.pocx.aggregator.cli.config;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.pocx.aggregator.protocol.tls.TlsFiles;

/**
 * The differences between two settings, as paths of keys.
 *
 * @param live what a running program applies
 * @param restart what takes effect with the next start
 */
public record SettingsChange(List<String> live, List<String> restart) {
    private static final Set<Key<?>> LIVE = Set.of(
            ConfigKeys.AUTH_ENABLED,
            ConfigKeys.AUTH_USER,
            ConfigKeys.AUTH_PASSWORD,
            ConfigKeys.USERS,
            ConfigKeys.MACHINES,
            ConfigKeys.MAX_CONNECTIONS,
            ConfigKeys.MAX_BODY_BYTES,
            ConfigKeys.ALLOWED_NETWORKS,
            ConfigKeys.TRUSTED_PROXIES,
            ConfigKeys.CONNECTIONS_PER_ADDRESS,
            ConfigKeys.SUBMISSIONS_PER_SECOND,
            ConfigKeys.NAME,
            ConfigKeys.URL,
            ConfigKeys.PROXY,
            ConfigKeys.KIND,
            ConfigKeys.AUTH_TOKEN,
            ConfigKeys.RPC_AUTH_TYPE,
            ConfigKeys.RPC_USER,
            ConfigKeys.RPC_PASSWORD,
            ConfigKeys.COOKIE_PATH,
            ConfigKeys.BACKUPS,
            ConfigKeys.FAILOVER_AFTER,
            ConfigKeys.FAILOVER_RETURN,
            ConfigKeys.LOG_LEVEL);

    private static final Set<Key<?>> LIVE_DASHBOARD = Set.of(
            ConfigKeys.DASHBOARD_AUTH_ENABLED, ConfigKeys.DASHBOARD_AUTH_USER, ConfigKeys.DASHBOARD_AUTH_PASSWORD);

    public SettingsChange {
        live = List.copyOf(live);
        restart = List.copyOf(restart);
    }

    /**
     * Compares settings.
     *
     * @param started the settings that the program was started with
     * @param last the settings that were applied last
     * @param changed the new settings
     */
    public static SettingsChange between(Settings started, Settings last, Settings changed) {
        Set<Key<?>> live = liveKeys(started, changed);
        return new SettingsChange(
                differing(last, changed).filter(live::contains).map(Key::path).toList(),
                differing(started, changed).filter(key -> !live.contains(key)).map(Key::path).toList());
    }

    private static Stream<Key<?>> differing(Settings before, Settings after) {
        Map<Key<?>, Object> old = EffectiveConfig.values(before);
        Map<Key<?>, Object> changed = EffectiveConfig.values(after);
        return ConfigKeys.ALL.stream().filter(key -> !valueOf(old, key).equals(valueOf(changed, key)));
    }

    /** A key without effect, for example one of the other way to log in, counts as if it had its default. */
    private static Object valueOf(Map<Key<?>, Object> values, Key<?> key) {
        Object value = values.getOrDefault(key, key.fallback());
        return value instanceof Secret || value instanceof Map || value instanceof List<?>
                ? value
                : EffectiveConfig.textOf(value);
    }

    /** A port stays encrypted or plain while it is open; only the files that it reads can change. */
    private static Set<Key<?>> liveKeys(Settings started, Settings changed) {
        Set<Key<?>> live = new HashSet<>(LIVE);
        addTls(live, ConfigKeys.TLS, started.server().tls(), changed.server().tls());
        if (started.dashboard().isPresent() && changed.dashboard().isPresent()) {
            live.addAll(LIVE_DASHBOARD);
            addTls(
                    live,
                    ConfigKeys.DASHBOARD_TLS,
                    started.dashboard().get().tls(),
                    changed.dashboard().get().tls());
        }
        return live;
    }

    private static void addTls(
            Set<Key<?>> live, ConfigKeys.TlsKeys keys, Optional<TlsFiles> started, Optional<TlsFiles> changed) {
        if (started.isPresent() && changed.isPresent()) {
            live.addAll(keys.all());
        }
    }
}
