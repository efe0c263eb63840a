package org.pocx.aggregator.cli.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What differs between two settings, by the paths of the keys.
 *
 * @param live what a running program takes up
 * @param restart what counts from the next start on
 */
public record SettingsChange(List<String> live, List<String> restart) {
    private static final Set<Key<?>> LIVE = Set.of(
            ConfigKeys.AUTH_ENABLED,
            ConfigKeys.AUTH_USER,
            ConfigKeys.AUTH_PASSWORD,
            ConfigKeys.MAX_CONNECTIONS,
            ConfigKeys.MAX_BODY_BYTES,
            ConfigKeys.ALLOWED_NETWORKS,
            ConfigKeys.TRUSTED_PROXIES,
            ConfigKeys.CONNECTIONS_PER_ADDRESS,
            ConfigKeys.SUBMISSIONS_PER_SECOND,
            ConfigKeys.LOG_LEVEL);

    private static final Set<Key<?>> LIVE_DASHBOARD = Set.of(
            ConfigKeys.DASHBOARD_AUTH_ENABLED, ConfigKeys.DASHBOARD_AUTH_USER, ConfigKeys.DASHBOARD_AUTH_PASSWORD);

    public SettingsChange {
        live = List.copyOf(live);
        restart = List.copyOf(restart);
    }

    /**
     * Compares.
     *
     * @param started what the program runs with, as far as it was not taken up since
     * @param last what was taken up last
     * @param changed what it is to run with
     */
    public static SettingsChange between(Settings started, Settings last, Settings changed) {
        Set<Key<?>> live = liveKeys(started, changed);
        return new SettingsChange(
                differing(last, changed).filter(live::contains).map(Key::path).toList(),
                differing(started, changed)
                        .filter(key -> !live.contains(key))
                        .map(Key::path)
                        .toList());
    }

    private static Stream<Key<?>> differing(Settings before, Settings after) {
        Map<Key<?>, Object> old = EffectiveConfig.values(before);
        Map<Key<?>, Object> changed = EffectiveConfig.values(after);
        return ConfigKeys.ALL.stream().filter(key -> !valueOf(old, key).equals(valueOf(changed, key)));
    }

    /** A key that does not count, such as one of the other way to log in, is as if it had its default. */
    private static Object valueOf(Map<Key<?>, Object> values, Key<?> key) {
        Object value = values.getOrDefault(key, key.fallback());
        return value instanceof Secret ? value : value.toString();
    }

    /** A port is encrypted or plain for as long as it is open; only which files it reads can change. */
    private static Set<Key<?>> liveKeys(Settings started, Settings changed) {
        Set<Key<?>> live = new LinkedHashSet<>(LIVE);
        if (started.server().tls().isPresent() && changed.server().tls().isPresent()) {
            live.addAll(keys(ConfigKeys.TLS));
        }
        if (started.dashboard().isPresent() && changed.dashboard().isPresent()) {
            live.addAll(LIVE_DASHBOARD);
            if (started.dashboard().get().tls().isPresent() && changed.dashboard().get().tls().isPresent()) {
                live.addAll(keys(ConfigKeys.DASHBOARD_TLS));
            }
        }
        return live;
    }

    private static List<Key<?>> keys(ConfigKeys.TlsKeys keys) {
        return List.of(keys.certificate(), keys.key(), keys.keyStore(), keys.password());
    }
}
