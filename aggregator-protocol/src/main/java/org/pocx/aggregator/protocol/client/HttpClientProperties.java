package org.pocx.aggregator.protocol.client;

import java.util.Map;

/**
 * Sets system properties of {@code java.net.http} and of the JVM's resolver, which read them once. So call {@link #apply}
 * at the start of {@code main}.
 */
public final class HttpClientProperties {
    /** The client closes idle connections before a node does: a node closes them after 30 s. */
    private static final String KEEP_ALIVE_SECONDS = "25";

    /** The JDK's default is 384 KiB for each of about forty concurrent calls. */
    private static final String HEADER_BYTES = "32768";

    /** A new address of the upstream is used within this time. The JDK's default is 30 s. */
    private static final String DNS_CACHE_SECONDS = "5";

    private static final Map<String, String> PROPERTIES = Map.of(
            "jdk.httpclient.keepalive.timeout", KEEP_ALIVE_SECONDS,
            "jdk.http.maxHeaderSize", HEADER_BYTES,
            "sun.net.inetaddr.ttl", DNS_CACHE_SECONDS);

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
