package org.pocx.aggregator.cli.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads YAML into a {@link RawConfig}. Values stay as they were written: an unquoted password {@code 0123} is not a number.
 * Only the paths of known sections are followed, so that neither depth nor aliases cost anything.
 */
final class YamlReader {
    private static final Map<String, Key<?>> KEYS =
            ConfigKeys.ALL.stream().collect(Collectors.toMap(Key::path, Function.identity()));
    private static final Set<String> KNOWN =
            Stream.concat(KEYS.keySet().stream(), ConfigKeys.SECTIONS.stream()).collect(Collectors.toSet());

    private final Problems problems;
    private final Map<String, RawConfig.Value> values = new HashMap<>();
    private final Map<String, Integer> sections = new HashMap<>();
    private final Map<String, YamlNode.Mapping> maps = new HashMap<>();

    private YamlReader(Problems problems) {
        this.problems = problems;
    }

    /**
     * @param problems receives the faults of single keys
     * @throws ConfigException when the text is not a YAML mapping
     */
    static RawConfig read(String file, String yaml, Problems problems) {
        YamlReader reader = new YamlReader(problems);
        reader.members("", YamlTree.parse(file, yaml));
        return new RawConfig(reader.values, reader.sections, reader.maps);
    }

    private void members(String section, YamlNode.Mapping mapping) {
        Set<String> seen = new HashSet<>();
        for (YamlNode.Entry entry : mapping.entries()) {
            String path = section.isEmpty() ? entry.key() : section + "." + entry.key();
            if (!seen.add(entry.key())) {
                problems.add(entry.line(), Problems.quote(entry.key()) + " is given twice in one section");
            } else if (entry.key().indexOf('.') >= 0) {
                // A path as a key would be a second way to write a setting, and nothing compares it with the first.
                unknown(path, ": a section needs a line of its own, not a dot", section, entry.line());
            } else if (ConfigKeys.SECTIONS.contains(path)) {
                section(path, entry.line(), entry.value());
            } else if (KEYS.containsKey(path)) {
                value(KEYS.get(path), entry.line(), entry.value());
            } else {
                unknown(path, "", section, entry.line());
            }
        }
    }

    private void unknown(String path, String why, String section, int line) {
        problems.add(line, () -> "unknown key " + Problems.quote(path) + why + NameSimilarity.nearestPath(path, KNOWN)
                .map(near -> "; the nearest is " + near)
                .orElseGet(() -> "; none is near it, known there are " + namesOf(section)));
    }

    private static String namesOf(String section) {
        return KNOWN.stream()
                .filter(path -> Key.sectionOf(path).equals(section))
                .map(Key::nameOf)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private void section(String path, int line, YamlNode node) {
        if (node instanceof YamlNode.Mapping mapping) {
            if (!mapping.entries().isEmpty()) {
                sections.put(path, line);
            }
            members(path, mapping);
        } else if (!node.isNull()) {
            problems.add(line, path + " must be a section with keys of its own");
        }
    }

    private void value(Key<?> key, int line, YamlNode node) {
        if (key.type().takesMap() && node instanceof YamlNode.Mapping map) {
            maps.put(key.path(), map);
        } else if (key.type().takesMap() && !node.isNull()) {
            problems.add(line, key.path() + " must be " + key.type().form());
        } else if (key.type().takesList() && node instanceof YamlNode.Sequence list && list.joined().isPresent()) {
            values.put(key.path(), new RawConfig.Value(list.joined().get(), line));
        } else if (!(node instanceof YamlNode.Scalar scalar)) {
            String not = key.type().takesList() ? "" : ", not a list or a section";
            problems.add(line, key.path() + " must be " + key.type().form() + not);
        } else if (!scalar.isNull()) {
            values.put(key.path(), new RawConfig.Value(scalar.text(), line));
        }
    }
}
