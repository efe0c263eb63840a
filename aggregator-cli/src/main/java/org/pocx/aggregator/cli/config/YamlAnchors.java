package org.pocx.aggregator.cli.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The anchors of one text, for the aliases that follow them. Not thread-safe: it lives within one reading.
 *
 * <p>Jackson tells the anchors of mappings and lists, but not those of single values and of keys, so that these are
 * looked up in the text.
 */
final class YamlAnchors {
    /** An anchor, maybe behind a tag, with the characters that the parser allows in its name. */
    private static final Pattern ANCHOR = Pattern.compile("(?:!\\S*\\s+)?&([^\\s:,\\[\\]{}/.*&]+)");

    private static final int MAX_CHARS = 1_000;

    private final int[] text;
    private final Map<String, YamlNode> nodes = new HashMap<>();

    YamlAnchors(String yaml) {
        text = yaml.codePoints().toArray();
    }

    /** The latest definition counts, as YAML has it. */
    void define(String name, YamlNode node) {
        nodes.put(name, node);
    }

    /** @param offset where the value begins with all that belongs to it, in code points */
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
