package org.pocx.aggregator.cli.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Builds the nodes of one YAML text from the events of SnakeYAML's parser.
 *
 * <p>The events have what trees of values do not have: lines, values as they were written, keys that occur twice, and
 * the anchors of single values.
 */
final class YamlTree {
    private static final int MAX_DEPTH = 100;
    private static final int MAX_ALIASES = 50;
    private static final Resolver RESOLVER = new Resolver();

    /** What YAML allows nowhere, not even in a comment. The parser rejects it as well, but does not say where. */
    private static final Pattern UNPRINTABLE =
            Pattern.compile("[^\\t\\n\\r\\x20-\\x7E\\x85\\xA0-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

    private static final String UNFIT = "not YAML: the value does not fit its tag, or has a wrong escape";

    private final String file;
    private final StreamReader text;
    private final Parser parser;
    private final Map<String, YamlNode> anchors = new HashMap<>();
    private int depth;
    private int aliases;

    private YamlTree(String file, String yaml) {
        this.file = file;
        text = new StreamReader(yaml);
        parser = new ParserImpl(text, new LoaderOptions());
    }

    /** @throws ConfigException when the text is not YAML, or is not exactly one mapping */
    static YamlNode.Mapping parse(String file, String yaml) {
        Matcher unprintable = UNPRINTABLE.matcher(yaml);
        if (unprintable.find()) {
            long line = (yaml.substring(0, unprintable.start()) + ".").lines().count();
            throw new ConfigException(file + ":" + line + ": not YAML: special characters are not allowed");
        }
        YamlTree tree = new YamlTree(file, yaml);
        try {
            return tree.root();
        } catch (MarkedYAMLException e) {
            throw tree.fault(e.getProblemMark().getLine() + 1, "not YAML: " + oneLine(e.getProblem()));
        } catch (YAMLException | IllegalArgumentException e) {
            // Its message repeats the value, which may be a password.
            throw tree.fault(tree.text.getLine() + 1, UNFIT);
        }
    }

    private YamlNode.Mapping root() {
        parser.getEvent(); // the stream starts
        if (parser.checkEvent(Event.ID.StreamEnd)) {
            throw new ConfigException(file + " is empty. \"pocx-aggregator init\" writes a file that explains itself.");
        }
        parser.getEvent(); // the document starts
        int line = line(parser.peekEvent());
        YamlNode root = node();
        parser.getEvent(); // the document ends
        if (!parser.checkEvent(Event.ID.StreamEnd)) {
            throw fault(
                    line(parser.peekEvent()), "not YAML: a second document begins, where there must be only one");
        }
        if (root instanceof YamlNode.Mapping mapping) {
            return mapping;
        }
        throw fault(
                line,
                "not a configuration: it must hold keys and values, such as \"listen_address: 0.0.0.0:8080\".");
    }

    private YamlNode node() {
        NodeEvent event = (NodeEvent) parser.getEvent();
        return switch (event) {
            case AliasEvent alias -> alias(alias);
            case ScalarEvent scalar -> scalar(scalar);
            case MappingStartEvent mapping -> mapping(mapping);
            default -> sequence(event);
        };
    }

    private YamlNode.Mapping mapping(MappingStartEvent start) {
        List<YamlNode.Entry> entries = new ArrayList<>();
        YamlNode.Mapping mapping = begin(start, new YamlNode.Mapping(Collections.unmodifiableList(entries)));
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            Event key = parser.getEvent();
            if (!(key instanceof ScalarEvent name)) {
                throw fault(line(key), "a key must be a plain word");
            }
            entries.add(new YamlNode.Entry(scalar(name).text(), line(key), node()));
        }
        end();
        return mapping;
    }

    private YamlNode.Sequence sequence(NodeEvent start) {
        List<YamlNode> items = new ArrayList<>();
        YamlNode.Sequence sequence = begin(start, new YamlNode.Sequence(Collections.unmodifiableList(items)));
        while (!parser.checkEvent(Event.ID.SequenceEnd)) {
            items.add(node());
        }
        end();
        return sequence;
    }

    /** Registers the anchor before the content is read, because the content may refer to it. */
    private <N extends YamlNode> N begin(NodeEvent start, N node) {
        if (++depth > MAX_DEPTH) {
            throw fault(line(start), "not a configuration: nested too deeply");
        }
        return anchored(start, node);
    }

    private void end() {
        parser.getEvent();
        depth--;
    }

    private <N extends YamlNode> N anchored(NodeEvent event, N node) {
        if (event.getAnchor() != null) {
            anchors.put(event.getAnchor(), node);
        }
        return node;
    }

    private YamlNode.Scalar scalar(ScalarEvent event) {
        String value = event.getValue();
        String tag = event.getTag();
        if (tag != null && !fits(value, tag)) {
            throw fault(line(event), UNFIT);
        }
        boolean isNull = tag == null
                ? event.isPlain() && isOf(Tag.NULL.getValue(), value)
                : tag.equals(Tag.NULL.getValue());
        return anchored(event, new YamlNode.Scalar(value, isNull));
    }

    private static boolean fits(String value, String tag) {
        return !tag.startsWith(Tag.PREFIX)
                || tag.equals(Tag.STR.getValue())
                || tag.equals(Tag.NULL.getValue())
                || isOf(tag, value);
    }

    private static boolean isOf(String tag, String value) {
        return RESOLVER.resolve(NodeId.scalar, value, true).getValue().equals(tag);
    }

    private YamlNode alias(AliasEvent event) {
        @Nullable YamlNode node = anchors.get(event.getAnchor());
        if (node == null) {
            throw fault(
                    line(event), "not YAML: an alias of nothing; in quotes a value may begin with an asterisk");
        }
        if (!(node instanceof YamlNode.Scalar) && ++aliases > MAX_ALIASES) {
            throw fault(line(event), "not YAML: more than " + MAX_ALIASES + " aliases of sections and lists");
        }
        return node;
    }

    private static int line(Event event) {
        return event.getStartMark().getLine() + 1;
    }

    private ConfigException fault(int line, String message) {
        return new ConfigException(file + ":" + line + ": " + message);
    }

    /** Without the name of a tag: it is the beginning of an unquoted value with an exclamation mark, maybe a password. */
    private static String oneLine(String message) {
        String line = message.strip().lines().findFirst().orElse("it cannot be read");
        return line.replaceFirst("(tag handle) .*", "$1; in quotes a value may begin with an exclamation mark");
    }
}
