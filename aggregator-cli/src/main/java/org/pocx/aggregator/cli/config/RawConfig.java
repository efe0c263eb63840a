package org.pocx.aggregator.cli.config;

import java.util.Map;
import java.util.Optional;

/**
 * What a file says, before it means anything: known keys with their texts, and the sections that are there.
 *
 * @param values by path; a key whose value is empty (null in YAML) is not among them
 * @param sections the line of each section that holds something, by path
 */
record RawConfig(Map<String, Value> values, Map<String, Integer> sections) {

    /** A value as it stands in the file, quotes removed. */
    record Value(String text, int line) {}

    RawConfig {
        values = Map.copyOf(values);
        sections = Map.copyOf(sections);
    }

    Optional<Value> value(Key<?> key) {
        return Optional.ofNullable(values.get(key.path()));
    }

    boolean has(Key<?> key) {
        return values.containsKey(key.path());
    }
}
