package org.pocx.aggregator.cli.config;

import java.util.List;

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

    /** A list. No key takes one, so that its items are not kept. */
    record Sequence() implements YamlNode {}
}
