package org.pocx.aggregator.cli;

/** What the program can be told to do. */
interface Command {

    /**
     * Does it.
     *
     * @return the exit status
     */
    int run(Terminal terminal);

    /** Whether it heeds {@link Terminal#stop()}, and does so from its beginning. If not, a signal ends it anywhere. */
    default boolean endsInOrder() {
        return false;
    }
}
