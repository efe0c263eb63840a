package org.pocx.aggregator.protocol.server;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** Creates the threads for requests: a virtual thread for each, unless it could pin its carrier. */
final class RequestThreads {
    /** Since JDK 24 (JEP 491) a virtual thread that waits inside {@code synchronized} does not pin its carrier. */
    private static final int SYNCHRONIZED_IS_CHEAP = 24;

    private RequestThreads() {}

    static ExecutorService create() {
        return HttpServers.ownEngine() ? virtual() : create(Runtime.version().feature());
    }

    private static ExecutorService virtual() {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("miner-request").factory());
    }

    /**
     * The JDK's engine reads from sockets inside {@code synchronized}. On older JDKs a virtual thread that waits there
     * pins its carrier, so a few slow clients could block all others. Platform threads are used there.
     */
    static ExecutorService create(int javaFeature) {
        if (javaFeature >= SYNCHRONIZED_IS_CHEAP) {
            return virtual();
        }
        ThreadFactory platform =
                Thread.ofPlatform().name("miner-request").daemon().factory();
        return Executors.newCachedThreadPool(platform);
    }
}
