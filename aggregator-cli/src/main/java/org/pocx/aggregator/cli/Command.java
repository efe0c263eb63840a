package org.pocx.aggregator.cli;

/** A command of the program. */
interface Command {

    /**
     * Runs the command.
     *
     * @return the exit status
     */
    int run(Terminal terminal);

    /** Returns whether it obeys {@link Terminal#stop()} from its start. Otherwise a signal ends the process at once. */
    default boolean endsInOrder() {
        return false;
    }
}
