package org.pocx.aggregator.cli;

import com.beust.jcommander.Parameter;
import com.beust.jcommander.Parameters;
import java.util.ArrayList;
import java.util.List;

/** {@code help} or {@code --help}: prints all commands and options, with examples. */
@Parameters
final class HelpCommand extends OptionedCommand {
    /** "help run" is accepted, but the text is the same for all commands. */
    @SuppressWarnings("UnusedVariable")
    @Parameter private List<String> topics = new ArrayList<>();

    @Override
    public int run(Terminal terminal) {
        terminal.out().print(Resources.text("help.txt"));
        return 0;
    }
}
