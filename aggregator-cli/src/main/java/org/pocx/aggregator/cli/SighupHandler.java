package org.pocx.aggregator.cli;

/**
 * Handles SIGHUP: it reopens the log file and, once the program runs, reloads the configuration. A signal during the start
 * causes a reload after it, because the file may have been changed after it was read.
 *
 * <p>Thread-safe. Each signal has its own thread: the monitor serialises the reloads.
 */
final class SighupHandler implements Runnable {
    private final Runnable reopenLog;
    private Runnable reload = this::remember;
    private boolean missed;

    SighupHandler(Runnable reopenLog) {
        this.reopenLog = reopenLog;
    }

    /** Handles one signal. */
    @Override
    public void run() {
        reopenLog.run(); // outside the monitor: reopening the log must not wait for a slow reload
        reload();
    }

    private synchronized void reload() {
        reload.run();
    }

    private void remember() {
        missed = true;
    }

    /** Sets the action that reloads, and runs it at once if a signal came before. */
    synchronized void reloadBy(Runnable action) {
        reload = action;
        if (missed) {
            action.run();
        }
    }
}
