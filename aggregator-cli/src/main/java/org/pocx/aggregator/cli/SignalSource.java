package org.pocx.aggregator.cli;

/** The source of signals of the operating system. */
interface SignalSource {

    /**
     * Runs an action on a signal instead of the default action of the system.
     *
     * @param name without "SIG"; a signal that the system does not have is ignored
     */
    void handle(String name, Runnable action);

    /**
     * Restores the default action of a signal.
     *
     * @param name without "SIG"
     */
    void leave(String name);
}
