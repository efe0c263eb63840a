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
import org.pocx.aggregator.cli.config.NameSimilarity;

/** Parses arguments into a command. Without a name the command is {@code run}. */
final class CommandLine {
    private static final int FEW_EDITS = 3;

    /** The message of the parser for an extra argument. */
    private static final Pattern UNEXPECTED =
            Pattern.compile("Was passed main parameter ('.*') but no main parameter.*");

    private static final Pattern JOINED = Pattern.compile("(--[a-z-]+)=(.*)", Pattern.DOTALL);

    @Parameter(names = {"-V", "--version"}) private boolean version;

    /** Options before the name of the command. */
    private final CommonOptions before = new CommonOptions();

    private CommandLine() {}

    /** @throws ParameterException when the arguments are wrong */
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

    /** Splits {@code --option=value} into {@code --option value}. */
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
                "healthcheck", new HealthcheckCommand(),
                "reload", new ReloadCommand());
    }

    /** Returns a parser that knows all commands and options. */
    static JCommander description() {
        JCommander parser = parser(new CommandLine(), commands());
        parser.parse(); // it knows the options before a command only after parsing
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

    /** Returns the error as one line for the operator. */
    static String explain(ParameterException e) {
        String message = e instanceof MissingCommandException missing
                ? noSuch(missing.getUnknownCommand())
                : UNEXPECTED
                        .matcher(String.valueOf(e.getMessage()).lines().findFirst().orElse("wrong arguments"))
                        .replaceFirst("unexpected argument $1");
        return message + " (--help shows all)";
    }

    private static String noSuch(String word) {
        if (word.startsWith("-")) {
            return "there is no option " + word;
        }
        String near = NameSimilarity.nearest(word, commands().keySet())
                .filter(candidate -> NameSimilarity.edits(word, candidate) <= FEW_EDITS)
                .map(candidate -> "; did you mean \"" + candidate + "\"?")
                .orElse("");
        return "there is no command \"" + word + "\"" + near;
    }
}
