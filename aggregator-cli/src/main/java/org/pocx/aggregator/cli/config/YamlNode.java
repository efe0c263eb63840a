package org.pocx.aggregator.cli.config;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A node of a YAML document. Through an alias a mapping or a list may contain itself. */
sealed interface YamlNode {

    /** Returns whether it is YAML's null, for example nothing after a colon. */
    default boolean isNull() {
        return false;
    }

    /** Keys with their values, in the order of the file; keys that occur twice are included. */
    record Mapping(List<Entry> entries) implements YamlNode {}

    /** A key, its line, and its value. */
    record Entry(String key, int line, YamlNode value) {}

    /** A single value: the text of the file without quotes. What looks like a number or a date is not converted. */
    record Scalar(String text, boolean isNull) implements YamlNode {}

    /** A list. */
    record Sequence(List<YamlNode> items) implements YamlNode {
        /** Returns the items joined by commas; empty when an item is not a single value. */
        Optional<String> joined() {
            return items.stream().allMatch(item -> item instanceof Scalar && !item.isNull())
                    ? Optional.of(items.stream().map(item -> ((Scalar) item).text()).collect(Collectors.joining(", ")))
                    : Optional.empty();
        }
    }
}
