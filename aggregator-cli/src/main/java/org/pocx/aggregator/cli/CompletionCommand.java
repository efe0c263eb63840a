package org.pocx.aggregator.cli;

import com.beust.jcommander.JCommander;
import com.beust.jcommander.Parameter;
import com.beust.jcommander.ParameterException;
import com.beust.jcommander.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** {@code completion bash}: prints a script that completes commands and options in a shell. */
@Parameters
final class CompletionCommand extends OptionedCommand {
    private final Supplier<JCommander> commandLine;

    @Parameter private List<String> shells = new ArrayList<>();

    /** @param commandLine describes all commands and options */
    CompletionCommand(Supplier<JCommander> commandLine) {
        this.commandLine = commandLine;
    }

    @Override
    public int run(Terminal terminal) {
        if (!shells.equals(List.of("bash"))) {
            throw new ParameterException("completion needs the name of the shell: bash");
        }
        terminal.out().print(BashCompletion.script(commandLine.get()));
        return 0;
    }
}
