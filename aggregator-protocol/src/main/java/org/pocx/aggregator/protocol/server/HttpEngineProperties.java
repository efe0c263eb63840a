package org.pocx.aggregator.protocol.server;

import java.util.Map;

/**
 * Configures the JDK's HTTP engine with the limits that a miner port needs. The engine's defaults are not sufficient
 * (Nagle's algorithm on, 200 idle connections, no time limit for a request).
 *
 * <p>The engine reads system properties once, when its classes are loaded: call {@link #apply} first in {@code main}.
 * Properties that are already set are not changed, so an operator's {@code -D} has priority. Source of the names:
 * {@code sun.net.httpserver.ServerConfig} of JDK 21 to 25.
 */
public final class HttpEngineProperties {
    /**
     * Time limit from the first byte of a request to the end of its body, and for the first request of a connection.
     */
    static final int REQUEST_SECONDS = 30;

    /** Time limit from the end of a request until the client has received the response. */
    static final int ANSWER_SECONDS = 30;

    /** Time limit between two requests of a connection. */
    static final int IDLE_SECONDS = 120;

    /** Twice the largest farm, because the stock miner opens a second connection when two requests overlap. */
    static final int IDLE_CONNECTIONS = 20_000;

    /** The maximum size of a request's head in bytes; each field counts 32 more. */
    static final int HEAD_BYTES = 32 * 1024;

    private HttpEngineProperties() {}

    /** Applies the limits, without a limit on the number of connections. */
    public static void apply() {
        apply(0);
    }

    /**
     * Applies the limits.
     *
     * @param maxConnections open connections at most, further ones are closed at once; 0 for no limit
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
