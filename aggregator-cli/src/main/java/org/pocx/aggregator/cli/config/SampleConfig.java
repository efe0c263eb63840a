package org.pocx.aggregator.cli.config;

import java.util.List;

/** Creates the file that {@code init} writes: every key with its meaning and its default. */
public final class SampleConfig {
    private static final String HEAD =
            """
            # Configuration of the PoCX aggregator. Set upstream.url: the one below is an example. All other keys are
            # optional; the values shown here are the defaults. Without the section "dashboard" there is no dashboard.
            # A value may refer to environment variables: ${NAME} or ${NAME:-default}. All keys: docs/configuration.md.

            """;

    private SampleConfig() {}

    /** Returns the text of the file. It is a valid configuration, with a placeholder for the upstream. */
    public static String text() {
        List<YamlText.Entry> entries = ConfigKeys.ALL.stream()
                .filter(key -> key.kind() != Key.Kind.OTHER_FORM)
                .map(SampleConfig::entry)
                .toList();
        return HEAD + YamlText.render(entries);
    }

    private static YamlText.Entry entry(Key<?> key) {
        String value = key.equals(ConfigKeys.URL) ? "http://pool.example.com:8080/pocx" : key.fallback();
        return new YamlText.Entry(key, yaml(key, value), key.doc(), key.kind() == Key.Kind.COMMON);
    }

    private static String yaml(Key<?> key, String value) {
        if (key.type().takesMap()) {
            return value;
        }
        boolean word = key.equals(ConfigKeys.BACKUPS)
                || (value.matches("[a-z0-9]+") && !key.type().equals(ValueType.LABEL));
        boolean follows = key.type().parser().apply(value).isEmpty() && !value.isEmpty();
        return word ? value : follows ? "# " + value : YamlText.quoted(value);
    }
}
