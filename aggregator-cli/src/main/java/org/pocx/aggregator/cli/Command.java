package org.pocx.aggregator.cli;

/** What the program can be told to do. */
interface Command {

    /**
     * Does it.
     *
     * @return the exit status
     */
    int run(Terminal terminal);
}
