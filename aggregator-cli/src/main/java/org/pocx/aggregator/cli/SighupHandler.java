package org.pocx.aggregator.cli;

/**
 * What SIGHUP does: at first the log file is opened anew, and once the program runs, its configuration is read anew as
 * well. A signal that came while the program was starting is not forgotten: whoever sent it has changed the file that may
 * have been read before.
 *
 * <p>Thread-safe. Each signal comes on a thread of its own: the monitor lets one reload after the other.
 */
final class SighupHandler implements Runnable {
    private final Runnable reopenLog;
    private Runnable reload = this::remember;
    private boolean missed;

    SighupHandler(Runnable reopenLog) {
        this.reopenLog = reopenLog;
    }

    /** A signal. */
    @Override
    public void run() {
        reopenLog.run(); // without the monitor: a log that was moved away must not wait for a slow reload
        reload();
    }

    private synchronized void reload() {
        reload.run();
    }

    private void remember() {
        missed = true;
    }

    /** From now on signals do this, too; at once, if there was one already. */
    synchronized void reloadBy(Runnable action) {
        reload = action;
        if (missed) {
            action.run();
        }
    }
}
