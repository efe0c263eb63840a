package org.pocx.aggregator.cli.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the path of the database in a configuration without looking at anything else in it: for commands that are called
 * often, and for files that are wrong elsewhere.
 */
final class DatabaseLocation {
    private static final String SECTION = "database";
    private static final String KEY = "path";
    private static final String DEFAULT = "aggregator.db";

    private DatabaseLocation() {}

    /** Returns the path as it is configured, or the default if it is missing or wrong. */
    static Path in(YamlNode.Mapping root, Path directory, Map<String, String> environment) {
        return member(root, SECTION)
                .flatMap(section -> section instanceof YamlNode.Mapping mapping
                        ? member(mapping, KEY)
                        : Optional.empty())
                .flatMap(value -> value instanceof YamlNode.Scalar scalar && !scalar.isNull()
                        ? path(scalar.text(), directory, environment)
                        : Optional.empty())
                .orElseGet(() -> directory.resolve(DEFAULT));
    }

    private static Optional<YamlNode> member(YamlNode.Mapping mapping, String key) {
        for (YamlNode.Entry entry : mapping.entries()) {
            if (entry.key().equals(key)) {
                return Optional.of(entry.value());
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> path(String text, Path directory, Map<String, String> environment) {
        try {
            return Optional.of(directory.resolve(new Variables(environment).expand(text)));
        } catch (Variables.VariableException | InvalidPathException e) {
            return Optional.empty();
        }
    }
}
