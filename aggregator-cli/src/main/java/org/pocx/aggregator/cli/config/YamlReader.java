package org.pocx.aggregator.cli.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Reads YAML into a {@link RawConfig}.
 *
 * <p>It looks at the tree of nodes rather than at values, because nodes have lines, and because the text of a plain
 * scalar then stays as it was written: an unquoted password {@code 0123} is no number. Only paths of known sections are
 * followed, so that neither depth nor aliases cost anything.
 */
final class YamlReader {
    private static final Map<String, Key<?>> KEYS =
            ConfigKeys.ALL.stream().collect(Collectors.toMap(Key::path, Function.identity()));
    private static final Set<String> KNOWN =
            Stream.concat(KEYS.keySet().stream(), ConfigKeys.SECTIONS.stream()).collect(Collectors.toSet());

    private final String file;
    private final Problems problems;
    private final Map<String, RawConfig.Value> values = new HashMap<>();
    private final Map<String, Integer> sections = new HashMap<>();

    private YamlReader(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /**
     * @param problems gets what is wrong with single keys
     * @throws ConfigException when the text is no YAML mapping at all
     */
    static RawConfig read(String file, String yaml, Problems problems) {
        YamlReader reader = new YamlReader(file, problems);
        reader.section("", reader.root(yaml));
        return new RawConfig(reader.values, reader.sections);
    }

    private MappingNode root(String yaml) {
        Optional<Node> root;
        try {
            root = new Compose(LoadSettings.builder().setLabel(file).build()).composeString(yaml);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
            throw new ConfigException(file + ":" + line + ": not YAML: " + oneLine(e.getProblem()));
        } catch (StackOverflowError e) {
            // The parser recurses, and knows no limit of its own.
            throw new ConfigException(file + ": not a configuration: nested too deeply");
        } catch (YamlEngineException e) {
            throw new ConfigException(file + ": not YAML: " + oneLine(String.valueOf(e.getMessage())));
        }
        if (root.isEmpty()) {
            throw new ConfigException(file + " is empty. \"pocx-aggregator init\" writes a file that explains itself.");
        }
        if (root.get() instanceof MappingNode mapping) {
            return mapping;
        }
        throw new ConfigException(file + ":" + line(root.get())
                + ": not a configuration: it must hold keys and values, such as \"listen_address: 0.0.0.0:8080\".");
    }

    private void section(String section, MappingNode mapping) {
        Set<String> seen = new HashSet<>();
        for (NodeTuple entry : mapping.getValue()) {
            int line = line(entry.getKeyNode());
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                problems.add(line, "a key must be a plain word");
            } else if (seen.add(key.getValue())) {
                member(section.isEmpty() ? key.getValue() : section + "." + key.getValue(), line, entry.getValueNode());
            } else {
                problems.add(line, Problems.quote(key.getValue()) + " is given twice in one section");
            }
        }
    }

    private void member(String path, int line, Node node) {
        if (ConfigKeys.SECTIONS.contains(path)) {
            subsection(path, line, node);
        } else if (KEYS.containsKey(path)) {
            value(KEYS.get(path), line, node);
        } else {
            String hint = Similar.nearestPath(path, KNOWN).map(near -> "; the nearest is " + near).orElse("");
            problems.add(line, "unknown key " + Problems.quote(path) + hint);
        }
    }

    private void subsection(String path, int line, Node node) {
        if (node instanceof MappingNode mapping) {
            sections.put(path, line);
            section(path, mapping);
        } else if (!isNull(node)) {
            problems.add(line, path + " must be a section with keys of its own");
        }
    }

    private void value(Key<?> key, int line, Node node) {
        if (!(node instanceof ScalarNode scalar)) {
            problems.add(line, key.path() + " must be " + key.type().form() + ", not a list or a section");
        } else if (!isNull(node)) {
            values.put(key.path(), new RawConfig.Value(scalar.getValue(), line));
        }
    }

    private static boolean isNull(Node node) {
        return Tag.NULL.equals(node.getTag());
    }

    private static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }

    private static String oneLine(String words) {
        return words.strip().lines().findFirst().orElse("it cannot be read");
    }
}
