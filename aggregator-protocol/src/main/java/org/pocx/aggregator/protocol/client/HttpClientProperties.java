package org.pocx.aggregator.protocol.client;

import java.util.Map;

/**
 * Sets system properties that limit {@code java.net.http}. The client reads them once, so call {@link #apply} at the start
 * of {@code main}.
 */
public final class HttpClientProperties {
    /** The client closes idle connections before a node does: a node closes them after 30 s. */
    private static final String KEEP_ALIVE_SECONDS = "25";

    /** The JDK's default is 384 KiB for each of about forty concurrent calls. */
    private static final String HEADER_BYTES = "32768";

    private static final Map<String, String> PROPERTIES = Map.of(
            "jdk.httpclient.keepalive.timeout", KEEP_ALIVE_SECONDS,
            "jdk.http.maxHeaderSize", HEADER_BYTES);

    private HttpClientProperties() {}

    /** Sets each property that is not set yet. */
    public static void apply() {
        PROPERTIES.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
    }
}
