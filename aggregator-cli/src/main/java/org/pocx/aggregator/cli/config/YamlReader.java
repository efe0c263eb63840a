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
    private static final Names FILE = new Names(KEYS, ConfigKeys.SECTIONS);
    private static final String UPSTREAM = "upstream.";
    private static final int MAX_BACKUPS = 7;

    private final Problems problems;
    private final Map<String, RawConfig.Value> values = new HashMap<>();
    private final Map<String, Integer> sections = new HashMap<>();
    private final Map<String, YamlNode.Mapping> maps = new HashMap<>();

    /** What may be written, each by its whole path. */
    private record Names(Map<String, Key<?>> keys, Set<String> sections) {
        private Set<String> known() {
            return Stream.concat(keys.keySet().stream(), sections.stream()).collect(Collectors.toSet());
        }
    }

    private YamlReader(Problems problems) {
        this.problems = problems;
    }

    /**
     * @param problems receives the faults of single keys
     * @throws ConfigException when the text is not a YAML mapping
     */
    static RawConfig read(String file, String yaml, Problems problems) {
        YamlReader reader = new YamlReader(problems);
        reader.members("", YamlTree.parse(file, yaml), FILE);
        return new RawConfig(reader.values, reader.sections, reader.maps);
    }

    private void members(String section, YamlNode.Mapping mapping, Names names) {
        Set<String> seen = new HashSet<>();
        for (YamlNode.Entry entry : mapping.entries()) {
            String path = section.isEmpty() ? entry.key() : section + "." + entry.key();
            if (!seen.add(entry.key())) {
                problems.add(entry.line(), Problems.quote(entry.key()) + " is given twice in one section");
            } else if (entry.key().indexOf('.') >= 0) {
                // A path as a key would be a second way to write a setting, and nothing compares it with the first.
                unknown(path, ": a section needs a line of its own, not a dot", section, entry.line(), names);
            } else if (names.sections().contains(path)) {
                section(path, entry.line(), entry.value(), names);
            } else if (path.equals(ConfigKeys.BACKUPS.path())) {
                backups(entry.line(), entry.value());
            } else if (names.keys().containsKey(path)) {
                value(path, names.keys().get(path), entry.line(), entry.value());
            } else {
                unknown(path, "", section, entry.line(), names);
            }
        }
    }

    private void unknown(String path, String why, String section, int line, Names names) {
        problems.add(line, () -> "unknown key " + Problems.quote(path) + why
                + NameSimilarity.nearestPath(path, names.known())
                        .map(near -> "; the nearest is " + near)
                        .orElseGet(() -> "; none is near it, known there are " + namesOf(section, names)));
    }

    private static String namesOf(String section, Names names) {
        return names.known().stream()
                .filter(path -> Key.sectionOf(path).equals(section))
                .map(Key::nameOf)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private void section(String path, int line, YamlNode node, Names names) {
        if (node instanceof YamlNode.Mapping mapping) {
            if (!mapping.entries().isEmpty()) {
                sections.put(path, line);
            }
            members(path, mapping, names);
        } else if (!node.isNull()) {
            problems.add(line, path + " must be a section with keys of its own");
        }
    }

    /** Reads a list of sections: what is written in one of them is found below its own path, such as {@code a.b[0]}. */
    private void backups(int line, YamlNode node) {
        String path = ConfigKeys.BACKUPS.path();
        if (node.isNull()) {
            return;
        }
        if (!(node instanceof YamlNode.Sequence list)
                || !list.items().stream().allMatch(YamlNode.Mapping.class::isInstance)) {
            problems.add(line, path + " must be " + ConfigKeys.BACKUPS.type().form());
            return;
        }
        if (list.items().size() > MAX_BACKUPS) {
            problems.add(line, path + " must not have more than " + MAX_BACKUPS + " entries");
            return;
        }
        for (int i = 0; i < list.items().size(); i++) {
            YamlNode.Mapping item = (YamlNode.Mapping) list.items().get(i);
            String section = path + "[" + i + "]";
            sections.put(section, item.entries().isEmpty() ? line : item.entries().getFirst().line());
            members(section, item, namesIn(section));
        }
    }

    private static Names namesIn(String section) {
        Map<String, Key<?>> keys = new HashMap<>();
        Set<String> inner = new HashSet<>();
        for (Key<?> key : ConfigKeys.OF_BACKUP) {
            String path = section + "." + key.path().substring(UPSTREAM.length());
            keys.put(path, key);
            if (!Key.sectionOf(path).equals(section)) {
                inner.add(Key.sectionOf(path));
            }
        }
        return new Names(keys, inner);
    }

    private void value(String path, Key<?> key, int line, YamlNode node) {
        if (key.type().takesMap() && node instanceof YamlNode.Mapping map) {
            maps.put(path, map);
        } else if (key.type().takesMap() && !node.isNull()) {
            problems.add(line, path + " must be " + key.type().form());
        } else if (key.type().takesList() && node instanceof YamlNode.Sequence list && list.joined().isPresent()) {
            values.put(path, new RawConfig.Value(list.joined().get(), line));
        } else if (!(node instanceof YamlNode.Scalar scalar)) {
            String not = key.type().takesList() ? "" : ", not a list or a section";
            problems.add(line, path + " must be " + key.type().form() + not);
        } else if (!scalar.isNull()) {
            values.put(path, new RawConfig.Value(scalar.text(), line));
        }
    }
}
