package org.pocx.aggregator.protocol.client;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;

/**
 * Computes the id of an upstream, by which verdicts are stored: the same address and user have the same id in each process,
 * however the URL is written.
 */
public final class UpstreamIds {
    private static final int BYTES = 8;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private UpstreamIds() {}

    /**
     * {@return 16 hexadecimal characters: a hash of the normalised URL and the user, and of the node's name where the host is
     * this machine}
     *
     * @param url http or https, with a host; case of scheme and host, a default port and an empty path make no difference
     * @param user the user that logs in, or the empty string
     * @param node a name of this machine: 127.0.0.1 means another upstream on another machine
     * @throws IllegalArgumentException when the URL has no host
     */
    public static String of(URI url, String user, String node) {
        String text = normalised(url) + "\n" + Objects.requireNonNull(user, "user")
                + (isThisMachine(url) ? "\n" + Objects.requireNonNull(node, "node") : "");
        return HexFormat.of().formatHex(sha256(text), 0, BYTES);
    }

    private static String normalised(URI url) {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        UrlTarget target = target(url);
        int port = target.port() >= 0 ? target.port() : scheme.equals("https") ? HTTPS_PORT : HTTP_PORT;
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return scheme + "://" + target.host().toLowerCase(Locale.ROOT) + ":" + port + path + query;
    }

    private static UrlTarget target(URI url) {
        return UrlTarget.of(url)
                .orElseThrow(() -> new IllegalArgumentException("the upstream's URL must name a host"));
    }

    private static boolean isThisMachine(URI url) {
        String host = target(url).host().toLowerCase(Locale.ROOT);
        if (host.equals("localhost") || host.endsWith(".localhost")) {
            return true;
        }
        boolean isLiteral = host.startsWith("[") || host.matches("[0-9.]+");
        try {
            return isLiteral && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException notAnAddress) {
            return false;
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
