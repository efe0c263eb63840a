package org.pocx.aggregator.cli;

/** {@code --help}: what the program can do, with examples. */
final class HelpCommand implements Command {
    @Override
    public int run(Terminal terminal) {
        terminal.out().print(Resources.text("help.txt"));
        return 0;
    }
}
