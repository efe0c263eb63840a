package org.pocx.aggregator.cli;

import com.beust.jcommander.JCommander;
import com.beust.jcommander.ParameterDescription;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pocx.aggregator.cli.config.ValueType;

/** Creates the completion script for bash from the parser's description of the command line, so that they cannot differ. */
final class BashCompletion {
    private BashCompletion() {}

    /** Returns the script; the names that it defines begin with {@code _pocx_aggregator}. */
    static String script(JCommander parser) {
        Map<String, JCommander> commands = new TreeMap<>(parser.getCommands());
        List<ParameterDescription> all = Stream.concat(
                parser.getParameters().stream(),
                commands.values().stream().flatMap(command -> command.getParameters().stream()))
                .toList();
        String names = String.join(" ", commands.keySet());
        return Resources.text("completion.bash")
                .replace("@COMMANDS@", String.join("|", commands.keySet()))
                .replace("@VALUES@", values(all))
                .replace("@OPTIONS@", commands.entrySet().stream()
                        .map(command -> line(command.getKey(), options(command.getValue())))
                        .collect(Collectors.joining()))
                .replace("@FIRST@",
                        names + " " + options(parser) + " " + options(Objects.requireNonNull(commands.get("run"))));
    }

    private static String line(String pattern, String words) {
        return "    " + pattern + ") words='" + words + "' ;;\n";
    }

    private static String options(JCommander parser) {
        return parser.getParameters().stream()
                .flatMap(option -> Arrays.stream(option.getParameter().names()))
                .distinct()
                .sorted()
                .collect(Collectors.joining(" "));
    }

    /** Returns the values of each option that takes one: a list of words, {@code @} for a file, or nothing to offer. */
    private static String values(List<ParameterDescription> options) {
        Map<String, String> lines = new TreeMap<>();
        for (ParameterDescription option : options) {
            Class<?> type = option.getParameterized().getType();
            if (type != boolean.class) {
                lines.put(String.join("|", option.getParameter().names()), valuesOf(type));
            }
        }
        return lines.entrySet().stream()
                .map(entry -> line(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining());
    }

    private static String valuesOf(Class<?> type) {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> ValueType.nameOf((Enum<?>) constant))
                    .collect(Collectors.joining(" "));
        }
        return type == String.class ? "@" : "";
    }
}
