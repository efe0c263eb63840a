package org.pocx.aggregator.cli;

import com.beust.jcommander.Parameter;
import com.beust.jcommander.Parameters;
import java.util.ArrayList;
import java.util.List;

/** {@code help} or {@code --help}: what the program can do, with examples. */
@Parameters
final class HelpCommand extends OptionedCommand {
    /** "help run" is taken, but the text is one for all commands. */
    @SuppressWarnings("UnusedVariable")
    @Parameter private List<String> topics = new ArrayList<>();

    @Override
    public int run(Terminal terminal) {
        terminal.out().print(Resources.text("help.txt"));
        return 0;
    }
}
