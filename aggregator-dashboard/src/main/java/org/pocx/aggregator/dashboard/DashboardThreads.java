package org.pocx.aggregator.dashboard;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Creates the threads for requests. */
final class DashboardThreads {
    /**
     * Since JDK 24 (JEP 491) a virtual thread that waits inside {@code synchronized}, as in the JDK's engine, does not
     * pin its carrier.
     */
    private static final int SYNCHRONIZED_IS_CHEAP = 24;

    private DashboardThreads() {}

    /** Creates a virtual thread per request if it does not pin its carrier, otherwise a platform thread. */
    static ExecutorService create() {
        return Runtime.version().feature() >= SYNCHRONIZED_IS_CHEAP
                ? Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("dashboard-", 0).factory())
                : Executors.newCachedThreadPool(
                        Thread.ofPlatform().name("dashboard-", 0).daemon().factory());
    }
}
