package org.pocx.aggregator.protocol.server;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/** The threads that requests run on: a virtual one each, where those can bear it. */
final class RequestThreads {
    /** Since JDK 24 (JEP 491) a virtual thread that waits inside {@code synchronized} holds no carrier. */
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
     * pins its carrier, and as many slow peers as there are cores would stall everyone: those get platform threads.
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
