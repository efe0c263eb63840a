package org.pocx.aggregator.dashboard;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The threads that requests run on. */
final class DashboardThreads {
    /** Since JDK 24 (JEP 491) a virtual thread that waits inside {@code synchronized}, as the engine's do, holds no carrier. */
    private static final int SYNCHRONIZED_IS_CHEAP = 24;

    private DashboardThreads() {}

    /** A virtual thread for each request where slow peers cannot hold up others by it, else a platform thread. */
    static ExecutorService create() {
        return Runtime.version().feature() >= SYNCHRONIZED_IS_CHEAP
                ? Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("dashboard-", 0).factory())
                : Executors.newCachedThreadPool(
                        Thread.ofPlatform().name("dashboard-", 0).daemon().factory());
    }
}
