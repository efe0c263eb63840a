package org.pocx.aggregator.cli;

/** Where signals of the operating system come from. */
interface SignalSource {

    /**
     * Has something done on a signal, instead of what the system would do.
     *
     * @param name without "SIG"; a signal that the system does not have is left alone
     */
    void handle(String name, Runnable action);

    /**
     * Has the system do on a signal what it does by default.
     *
     * @param name without "SIG"
     */
    void leave(String name);
}
