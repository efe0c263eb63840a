package org.pocx.aggregator.protocol.client;

import java.util.Map;

/**
 * Sets up {@code java.net.http}, which reads its system properties once: call {@link #apply} first thing in {@code main}.
 */
public final class HttpClientProperties {
    /** The client drops idle connections before a node does, which closes them after 30 s. */
    private static final String KEEP_ALIVE_SECONDS = "25";

    /** The JDK would read 384 KiB, for each of some forty calls at once. */
    private static final String HEADER_BYTES = "32768";

    private static final Map<String, String> PROPERTIES = Map.of(
            "jdk.httpclient.keepalive.timeout", KEEP_ALIVE_SECONDS,
            "jdk.http.maxHeaderSize", HEADER_BYTES);

    private HttpClientProperties() {}

    /** Applies the limits, but for those that are set already. */
    public static void apply() {
        PROPERTIES.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
    }
}
