package org.pocx.aggregator.cli.config;

import java.util.Map;
import java.util.Optional;

/**
 * The contents of a file before conversion: the texts of known keys, and the sections.
 *
 * @param values by path; a key with an empty value (YAML's null) is not included
 * @param sections the line of each section that is not empty, by path
 * @param maps the contents of keys whose value is a map, by path
 */
record RawConfig(Map<String, Value> values, Map<String, Integer> sections, Map<String, YamlNode.Mapping> maps) {

    /** A value as it stands in the file, without quotes, and the line of its key. */
    record Value(String text, int line) {}

    RawConfig {
        values = Map.copyOf(values);
        sections = Map.copyOf(sections);
        maps = Map.copyOf(maps);
    }

    Optional<Value> value(String path) {
        return Optional.ofNullable(values.get(path));
    }
}
