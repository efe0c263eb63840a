package org.pocx.aggregator.protocol.client;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Host and port of a URL. {@link URI} finds no host in a URL whose host name contains an underscore, and {@code
 * java.net.http} sends no request to such a URL. Names in container networks often contain one.
 *
 * @param host a name or an address; an IPv6 address in brackets
 * @param port 1 to 65,535, or -1 when the URL has none
 */
public record UrlTarget(String host, int port) {
    private static final String LABEL = "[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?";
    private static final Pattern AUTHORITY =
            Pattern.compile("(?<host>" + LABEL + "(?:\\." + LABEL + ")*)(?::(?<port>[0-9]{1,5}))?");

    /**
     * {@return host and port of a URL; empty when it has no host}
     *
     * @param url a URL of any scheme
     */
    public static Optional<UrlTarget> of(URI url) {
        if (url.getHost() != null) {
            return Optional.of(new UrlTarget(url.getHost(), url.getPort()));
        }
        String authority = url.getRawAuthority();
        if (authority == null || !authority.contains("_")) {
            return Optional.empty();
        }
        Matcher parts = AUTHORITY.matcher(authority);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String port = parts.group("port");
        return Optional.of(new UrlTarget(parts.group("host"), port == null ? -1 : Integer.parseInt(port)));
    }

    /** {@return whether the host contains an underscore, so that {@code java.net.http} would refuse it} */
    public boolean hasUnderscore() {
        return host.indexOf('_') >= 0;
    }
}
