package org.pocx.aggregator.cli.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A piece of YAML, as far as a configuration needs it. */
sealed interface YamlNode {

    /**
     * Keys with their values.
     *
     * @param entries in the order of the file, keys that are there twice included; through an alias a mapping may hold
     *     itself
     */
    record Mapping(List<Entry> entries) implements YamlNode {}

    /** A key in its line, and its value. */
    record Entry(String key, int line, YamlNode value) {}

    /**
     * A single value.
     *
     * @param text as it stands in the file, quotes removed: what looks like a number or a date is not converted
     * @param isNull whether it is YAML's null, such as when there is nothing after the colon
     */
    record Scalar(String text, boolean isNull) implements YamlNode {}

    /**
     * A list.
     *
     * @param items in their order; through an alias a list may hold itself
     */
    record Sequence(List<YamlNode> items) implements YamlNode {
        /** The items joined by commas; empty when some are no single values. */
        Optional<String> joined() {
            List<String> texts = new ArrayList<>();
            for (YamlNode item : items) {
                if (!(item instanceof Scalar scalar) || scalar.isNull()) {
                    return Optional.empty();
                }
                texts.add(scalar.text());
            }
            return Optional.of(String.join(", ", texts));
        }
    }
}
