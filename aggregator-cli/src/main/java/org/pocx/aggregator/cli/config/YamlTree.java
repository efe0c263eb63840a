package org.pocx.aggregator.cli.config;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.dataformat.yaml.JacksonYAMLParseException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import com.fasterxml.jackson.dataformat.yaml.snakeyaml.error.MarkedYAMLException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Builds the nodes of one YAML text from Jackson's tokens.
 *
 * <p>Jackson's own tree is not sufficient: it has neither lines nor values as they were written, and keeps only one of two equal
 * keys.
 */
final class YamlTree {
    private static final int MAX_DEPTH = 100;
    private static final int MAX_ALIASES = 50;

    /**
     * Numbers may have any length, because they stay text; the type of a key limits them. EMPTY_STRING_AS_NULL makes an
     * empty value null: the factory's constructor enables it, its builder does not.
     */
    private static final YAMLFactory FACTORY = YAMLFactory.builder()
            .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** What YAML allows nowhere, not even in a comment. The parser rejects it as well, but does not say where. */
    private static final Pattern UNPRINTABLE =
            Pattern.compile("[^\\t\\n\\r\\x20-\\x7E\\x85\\xA0-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

    private static final String UNFIT = "not YAML: the value does not fit its tag, or has a wrong escape";

    private final String file;
    private final YAMLParser parser;
    private final YamlAnchors anchors;
    private int aliases;

    private YamlTree(String file, String yaml, YAMLParser parser) {
        this.file = file;
        this.parser = parser;
        anchors = new YamlAnchors(yaml);
    }

    /** @throws ConfigException when the text is not YAML, or is not exactly one mapping */
    static YamlNode.Mapping parse(String file, String yaml) {
        Matcher unprintable = UNPRINTABLE.matcher(yaml);
        if (unprintable.find()) {
            long line = (yaml.substring(0, unprintable.start()) + ".").lines().count();
            throw new ConfigException(file + ":" + line + ": not YAML: special characters are not allowed");
        }
        try (YAMLParser parser = FACTORY.createParser(yaml)) {
            return new YamlTree(file, yaml, parser).parse();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("deprecation") // Only this exception of Jackson has the line and the message separately.
    private YamlNode.Mapping parse() throws IOException {
        try {
            return root();
        } catch (StreamConstraintsException e) {
            throw fault(line(), "not a configuration: nested too deeply");
        } catch (MarkedYAMLException e) {
            throw fault(e.getProblemMark().getLine() + 1, "not YAML: " + oneLine(e.getProblem()));
        } catch (JacksonYAMLParseException e) {
            throw fault(line(), "not YAML: " + oneLine(e.getOriginalMessage()));
        } catch (JsonParseException e) {
            // Its message repeats the value, which may be a password.
            throw fault(
                    line(),
                    awaitsKey() ? "a key must be a plain word" : UNFIT);
        }
    }

    private YamlNode.Mapping root() throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new ConfigException(file + " is empty. \"pocx-aggregator init\" writes a file that explains itself.");
        }
        int line = line();
        YamlNode root = node(first);
        if (parser.nextToken() != null) {
            throw fault(line(), "not YAML: a second document begins, where there must be only one");
        }
        if (root instanceof YamlNode.Mapping mapping) {
            return mapping;
        }
        throw fault(
                line,
                "not a configuration: it must hold keys and values, such as \"listen_address: 0.0.0.0:8080\".");
    }

    /** @param token null when a tag announces a number and there is no digit */
    private YamlNode node(@Nullable JsonToken token) throws IOException {
        if (token == null) {
            throw fault(line(), UNFIT);
        }
        if (parser.isCurrentAlias()) {
            return alias(parser.getText());
        }
        return switch (token) {
            case START_OBJECT -> mapping();
            case START_ARRAY -> sequence();
            default -> scalar(parser.getText(), token == JsonToken.VALUE_NULL);
        };
    }

    private YamlNode mapping() throws IOException {
        List<YamlNode.Entry> entries = new ArrayList<>();
        YamlNode mapping = anchored(new YamlNode.Mapping(Collections.unmodifiableList(entries)));
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            int line = line();
            String key = scalar(parser.currentName(), false).text();
            entries.add(new YamlNode.Entry(key, line, node(parser.nextToken())));
        }
        return mapping;
    }

    private YamlNode sequence() throws IOException {
        List<YamlNode> items = new ArrayList<>();
        YamlNode sequence = anchored(new YamlNode.Sequence(Collections.unmodifiableList(items)));
        for (JsonToken item = parser.nextToken(); item != JsonToken.END_ARRAY; item = parser.nextToken()) {
            items.add(node(item));
        }
        return sequence;
    }

    private YamlNode.Scalar scalar(String text, boolean isNull) {
        YamlNode.Scalar scalar = new YamlNode.Scalar(text, isNull);
        anchors.defineAt(parser.currentTokenLocation().getCharOffset(), scalar);
        return scalar;
    }

    /** Registers the anchor before the content is read, because the content may refer to it. */
    private YamlNode anchored(YamlNode node) throws IOException {
        String anchor = parser.getObjectId();
        if (anchor != null) {
            anchors.define(anchor, node);
        }
        return node;
    }

    private YamlNode alias(String anchor) {
        YamlNode node = anchors.find(anchor)
                .orElseThrow(() -> fault(
                        line(),
                        "not YAML: an alias of nothing; in quotes a value may begin with an asterisk"));
        if (!(node instanceof YamlNode.Scalar) && ++aliases > MAX_ALIASES) {
            throw fault(line(), "not YAML: more than " + MAX_ALIASES + " aliases of sections and lists");
        }
        return node;
    }

    /** Returns whether the parser expected a key when it failed. */
    private boolean awaitsKey() {
        return parser.getParsingContext().inObject() && parser.currentToken() != JsonToken.FIELD_NAME;
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    private ConfigException fault(int line, String message) {
        return new ConfigException(file + ":" + line + ": " + message);
    }

    /** Removes the name of a tag: it may be the beginning of an unquoted password with an exclamation mark. */
    private static String oneLine(String message) {
        String line = message.strip().lines().findFirst().orElse("it cannot be read");
        return line.replaceFirst("(tag handle) .*", "$1; in quotes a value may begin with an exclamation mark");
    }
}
