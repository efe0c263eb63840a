package org.pocx.aggregator.cli;

import com.beust.jcommander.JCommander;
import com.beust.jcommander.MissingCommandException;
import com.beust.jcommander.Parameter;
import com.beust.jcommander.ParameterException;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.cli.config.Similar;

/** From arguments to a command. Without the name of one it is {@code run}. */
final class CommandLine {
    private static final int FEW_EDITS = 3;

    /** How the parser says that there is a word too many. */
    private static final Pattern UNEXPECTED =
            Pattern.compile("Was passed main parameter ('.*') but no main parameter.*");

    private static final Pattern JOINED = Pattern.compile("(--[a-z-]+)=(.*)", Pattern.DOTALL);

    @Parameter(names = {"-V", "--version"}) private boolean version;

    /** Options before the command's name hold for it too. */
    private final CommonOptions before = new CommonOptions();

    private CommandLine() {}

    /** @throws ParameterException when the arguments make no sense */
    static Command parse(String[] args) {
        CommandLine line = new CommandLine();
        Map<String, OptionedCommand> commands = commands();
        JCommander parser = parser(line, commands);
        parser.parse(withValuesApart(args));
        @Nullable String name = parser.getParsedCommand();
        OptionedCommand command = commands.getOrDefault(name == null ? "run" : name, new RunCommand());
        command.options().inherit(line.before);
        if (command.options().help()) {
            return new HelpCommand();
        }
        return line.version ? new VersionCommand() : command;
    }

    /** The form {@code --option=value} as {@code --option value}. */
    private static String[] withValuesApart(String[] args) {
        return Arrays.stream(args).flatMap(CommandLine::valueApart).toArray(String[]::new);
    }

    private static Stream<String> valueApart(String arg) {
        Matcher matcher = JOINED.matcher(arg);
        if (!matcher.matches()) {
            return Stream.of(arg);
        }
        if (matcher.group(2).isEmpty()) {
            throw new ParameterException("Expected a value after parameter " + matcher.group(1));
        }
        return Stream.of(matcher.group(1), matcher.group(2));
    }

    private static Map<String, OptionedCommand> commands() {
        return Map.of(
                "help", new HelpCommand(),
                "run", new RunCommand(),
                "demo", new DemoCommand(),
                "bench", new BenchCommand(),
                "check", new CheckCommand(),
                "quality", new QualityCommand(System.in),
                "init", new InitCommand(),
                "completion", new CompletionCommand(CommandLine::description),
                "healthcheck", new HealthcheckCommand());
    }

    /** All commands and options, for who wants to know what there is. */
    static JCommander description() {
        JCommander parser = parser(new CommandLine(), commands());
        parser.parse(); // only then it knows the options that stand before a command
        return parser;
    }

    private static JCommander parser(CommandLine line, Map<String, OptionedCommand> commands) {
        JCommander parser = JCommander.newBuilder()
                .programName("pocx-aggregator")
                .expandAtSign(false)
                .addObject(line)
                .addObject(line.before)
                .build();
        commands.forEach(parser::addCommand);
        return parser;
    }

    /** One line for an operator. */
    static String explain(ParameterException e) {
        String words = e instanceof MissingCommandException missing
                ? noSuch(missing.getUnknownCommand())
                : UNEXPECTED
                        .matcher(String.valueOf(e.getMessage()).lines().findFirst().orElse("wrong arguments"))
                        .replaceFirst("unexpected argument $1");
        return words + " (--help shows all)";
    }

    private static String noSuch(String word) {
        if (word.startsWith("-")) {
            return "there is no option " + word;
        }
        String near = Similar.nearest(word, commands().keySet())
                .filter(candidate -> Similar.edits(word, candidate) <= FEW_EDITS)
                .map(candidate -> "; did you mean \"" + candidate + "\"?")
                .orElse("");
        return "there is no command \"" + word + "\"" + near;
    }
}
