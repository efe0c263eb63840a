package org.pocx.aggregator.protocol.server;

import java.util.Map;

/**
 * Tells the JDK's HTTP engine the limits that a miner port needs; its own defaults are made for tests (Nagle on, 200
 * idle connections, no time limit for a request).
 *
 * <p>The engine reads system properties once, when its classes load: call {@link #apply} first thing in {@code main}.
 * A property that is set already stays as it is, so that an operator's {@code -D} wins. Source of the names: {@code
 * sun.net.httpserver.ServerConfig} of JDK 21 to 25.
 */
public final class HttpEngineProperties {
    /** A request's head and body must be here within this time from its first byte; new connections must begin one. */
    static final int REQUEST_SECONDS = 30;

    /** From the end of a request, its answer must be made and taken by the peer within this time. */
    static final int ANSWER_SECONDS = 30;

    /** A connection may rest for this long between two requests. */
    static final int IDLE_SECONDS = 120;

    /** Twice the largest farm, because the stock miner opens a second connection when two requests overlap. */
    static final int IDLE_CONNECTIONS = 20_000;

    /** The longest head of a request, in bytes (each field counts 32 more). */
    static final int HEAD_BYTES = 32 * 1024;

    private HttpEngineProperties() {}

    /** Applies the limits, without one on the number of connections. */
    public static void apply() {
        apply(0);
    }

    /**
     * Applies the limits.
     *
     * @param maxConnections connections open at once, those beyond are closed as they come; 0 for no limit
     */
    public static void apply(int maxConnections) {
        Map.of(
                "sun.net.httpserver.nodelay", "true",
                "sun.net.httpserver.maxReqTime", Integer.toString(REQUEST_SECONDS),
                "sun.net.httpserver.maxRspTime", Integer.toString(ANSWER_SECONDS),
                "sun.net.httpserver.idleInterval", Integer.toString(IDLE_SECONDS),
                "sun.net.httpserver.maxIdleConnections", Integer.toString(IDLE_CONNECTIONS),
                "sun.net.httpserver.maxReqHeaderSize", Integer.toString(HEAD_BYTES))
                .forEach(HttpEngineProperties::setIfAbsent);
        if (maxConnections > 0) {
            setIfAbsent("jdk.httpserver.maxConnections", Integer.toString(maxConnections));
        }
    }

    private static void setIfAbsent(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
