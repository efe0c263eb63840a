package org.pocx.aggregator.protocol.client;

/**
 * Tells {@code java.net.http} to drop idle connections before a node does, which closes them after 30 s. It reads its
 * system properties once: call {@link #apply} first thing in {@code main}.
 */
public final class HttpClientProperties {
    private static final String KEEP_ALIVE = "jdk.httpclient.keepalive.timeout";
    private static final String SECONDS = "25";

    private HttpClientProperties() {}

    /** Applies the limit, unless the property is set already. */
    public static void apply() {
        if (System.getProperty(KEEP_ALIVE) == null) {
            System.setProperty(KEEP_ALIVE, SECONDS);
        }
    }
}
