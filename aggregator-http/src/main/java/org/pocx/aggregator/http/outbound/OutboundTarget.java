package org.pocx.aggregator.http.outbound;

import java.net.URI;
import java.util.Objects;

/**
 * The server that requests are for.
 *
 * @param url http or https; its host may be one that {@link URI#getHost} does not understand
 * @param host a name or an address, without brackets
 * @param port 1 to 65,535
 */
public record OutboundTarget(URI url, String host, int port) {
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /**
     * Checks the port.
     *
     * @throws IllegalArgumentException when the port is out of range
     */
    public OutboundTarget {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(host, "host");
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("the port must be from 1 to 65535");
        }
    }

    /**
     * {@return the target of a URL}
     *
     * @param url http or https
     * @param host the host of the URL; an IPv6 address may have its brackets
     * @param port the port of the URL; -1 for the default of its scheme
     */
    public static OutboundTarget of(URI url, String host, int port) {
        int defaultPort = isHttps(url) ? HTTPS_PORT : HTTP_PORT;
        return new OutboundTarget(url, HostNames.withoutBrackets(host), port < 0 ? defaultPort : port);
    }

    private static boolean isHttps(URI url) {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    boolean isSecure() {
        return isHttps(url);
    }

    /** Returns HOST:PORT, for CONNECT. */
    String hostAndPort() {
        return HostNames.urlHost(host) + ":" + port;
    }

    /** Returns host and port as they are written in the URL, for the header Host. */
    String authority() {
        return url.getRawAuthority();
    }
}
