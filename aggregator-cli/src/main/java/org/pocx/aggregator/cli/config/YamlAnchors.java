package org.pocx.aggregator.cli.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The anchors of one text. Not thread-safe.
 *
 * <p>Jackson reports the anchors of mappings and lists, but not those of single values and keys. These are read from the text.
 */
final class YamlAnchors {
    /** An anchor, possibly after a tag, with the characters that the parser allows in its name. */
    private static final Pattern ANCHOR = Pattern.compile("(?:!\\S*\\s+)?&([^\\s:,\\[\\]{}/.*&]+)");

    private static final int MAX_CHARS = 1_000;

    private final int[] text;
    private final Map<String, YamlNode> nodes = new HashMap<>();

    YamlAnchors(String yaml) {
        text = yaml.codePoints().toArray();
    }

    /** Defines an anchor. The latest definition applies, as in YAML. */
    void define(String name, YamlNode node) {
        nodes.put(name, node);
    }

    /** @param offset of the beginning of the value with its tag and anchor, in code points */
    void defineAt(long offset, YamlNode node) {
        nameAt((int) offset).ifPresent(name -> define(name, node));
    }

    Optional<YamlNode> find(String name) {
        return Optional.ofNullable(nodes.get(name));
    }

    private Optional<String> nameAt(int offset) {
        if (offset >= text.length || (text[offset] != '&' && text[offset] != '!')) {
            return Optional.empty();
        }
        Matcher matcher = ANCHOR.matcher(new String(text, offset, Math.min(MAX_CHARS, text.length - offset)));
        return matcher.lookingAt() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
