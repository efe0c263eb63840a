package org.pocx.aggregator.cli.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads YAML into a {@link RawConfig}.
 *
 * <p>It looks at our tree of nodes rather than at values bound by Jackson, because nodes have lines, and because the
 * text of a plain scalar then stays as it was written: an unquoted password {@code 0123} is no number. Only paths of
 * known sections are followed, so that neither depth nor aliases cost anything.
 */
final class YamlReader {
    private static final Map<String, Key<?>> KEYS =
            ConfigKeys.ALL.stream().collect(Collectors.toMap(Key::path, Function.identity()));
    private static final Set<String> KNOWN =
            Stream.concat(KEYS.keySet().stream(), ConfigKeys.SECTIONS.stream()).collect(Collectors.toSet());

    private final Problems problems;
    private final Map<String, RawConfig.Value> values = new HashMap<>();
    private final Map<String, Integer> sections = new HashMap<>();

    private YamlReader(Problems problems) {
        this.problems = problems;
    }

    /**
     * @param problems gets what is wrong with single keys
     * @throws ConfigException when the text is no YAML mapping at all
     */
    static RawConfig read(String file, String yaml, Problems problems) {
        YamlReader reader = new YamlReader(problems);
        reader.section("", YamlTree.parse(file, yaml));
        return new RawConfig(reader.values, reader.sections);
    }

    private void section(String section, YamlNode.Mapping mapping) {
        Set<String> seen = new HashSet<>();
        for (YamlNode.Entry entry : mapping.entries()) {
            String path = section.isEmpty() ? entry.key() : section + "." + entry.key();
            if (!seen.add(entry.key())) {
                problems.add(entry.line(), Problems.quote(entry.key()) + " is given twice in one section");
            } else if (entry.key().indexOf('.') >= 0) {
                // Taken for its path it would be a second way to write a setting, which nothing compares with the first.
                unknown(section, path, ": a section needs a line of its own, not a dot", entry);
            } else {
                member(section, path, entry);
            }
        }
    }

    private void member(String section, String path, YamlNode.Entry entry) {
        if (ConfigKeys.SECTIONS.contains(path)) {
            subsection(path, entry.line(), entry.value());
        } else if (KEYS.containsKey(path)) {
            value(KEYS.get(path), entry.line(), entry.value());
        } else {
            unknown(section, path, "", entry);
        }
    }

    private void unknown(String section, String path, String why, YamlNode.Entry entry) {
        problems.add(entry.line(), () -> "unknown key " + Problems.quote(path) + why + hint(section, path));
    }

    private static String hint(String section, String path) {
        return Similar.nearestPath(path, KNOWN)
                .map(near -> "; the nearest is " + near)
                .orElseGet(() -> "; none is near it, known there are " + namesOf(section));
    }

    private static String namesOf(String section) {
        return KNOWN.stream()
                .filter(path -> sectionOf(path).equals(section))
                .map(path -> path.substring(path.lastIndexOf('.') + 1))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String sectionOf(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('.')));
    }

    private void subsection(String path, int line, YamlNode node) {
        if (node instanceof YamlNode.Mapping mapping) {
            if (!mapping.entries().isEmpty()) {
                sections.put(path, line);
            }
            section(path, mapping);
        } else if (!isNull(node)) {
            problems.add(line, path + " must be a section with keys of its own");
        }
    }

    private void value(Key<?> key, int line, YamlNode node) {
        if (key.type().takesList() && node instanceof YamlNode.Sequence list && list.joined().isPresent()) {
            values.put(key.path(), new RawConfig.Value(list.joined().get(), line));
        } else if (!(node instanceof YamlNode.Scalar scalar)) {
            String not = key.type().takesList() ? "" : ", not a list or a section";
            problems.add(line, key.path() + " must be " + key.type().form() + not);
        } else if (!scalar.isNull()) {
            values.put(key.path(), new RawConfig.Value(scalar.text(), line));
        }
    }

    private static boolean isNull(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar && scalar.isNull();
    }
}
