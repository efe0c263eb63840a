package org.pocx.aggregator.protocol.client;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.http.outbound.ProxySettings;

/**
 * The settings of a {@link RpcUpstream}.
 *
 * @param uri http or https, with a host and the path that the upstream serves; without user and password
 * @param credentials sent with each request
 * @param requestTimeout from the call to the last byte of the response, retries included; positive
 * @param connectTimeout the part of it that connecting may take; positive
 * @param maxResponseBytes the longest response that is read; positive. See {@link #DEFAULT_MAX_RESPONSE_BYTES}
 * @param proxy how the upstream is reached
 * @param kind what a success of the upstream means
 */
public record RpcUpstreamSettings(
        URI uri,
        Credentials credentials,
        Duration requestTimeout,
        Duration connectTimeout,
        int maxResponseBytes,
        ProxySettings proxy,
        UpstreamKind kind) {
    /**
     * 64 KiB. A typical response has about 500 bytes, and mining info may have 16 KiB of unknown members. The limit also
     * bounds the heap that an upstream can fill, as about forty calls can run at the same time.
     */
    public static final int DEFAULT_MAX_RESPONSE_BYTES = 64 * 1024;

    private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException when a value is invalid; the message tells an operator what is wrong
     */
    public RpcUpstreamSettings {
        Objects.requireNonNull(uri, "uri");
        Objects.requireNonNull(credentials, "credentials");
        Objects.requireNonNull(requestTimeout, "requestTimeout");
        Objects.requireNonNull(connectTimeout, "connectTimeout");
        Objects.requireNonNull(proxy, "proxy");
        Objects.requireNonNull(kind, "kind");
        @Nullable String scheme = uri.getScheme();
        require(scheme != null && (scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https")),
                "the upstream's URL must begin with http:// or https://");
        Optional<UrlTarget> target = UrlTarget.of(uri);
        require(target.isPresent(), "the upstream's URL must name a host");
        require(!target.map(UrlTarget::hasUnderscore).orElse(false) || scheme.equalsIgnoreCase("http"),
                "the upstream's host name must not contain an underscore with https, because no certificate can be valid for"
                        + " it: use another name or the IP address");
        require(uri.getUserInfo() == null,
                "the upstream's URL must not contain user and password: configure them as auth");
        require(uri.getFragment() == null, "the upstream's URL must not contain a fragment (#)");
        require(isPositive(requestTimeout), "requestTimeout must be positive");
        require(isPositive(connectTimeout), "connectTimeout must be positive");
        require(maxResponseBytes > 0, "maxResponseBytes must be positive");
    }

    /**
     * Creates settings with the default connect timeout and response limit, without a proxy, for a direct upstream.
     *
     * @param uri the upstream's URL; its form is described at the record
     * @param credentials sent with each request
     * @param requestTimeout from the call to the last byte of the response, retries included; positive
     */
    public RpcUpstreamSettings(URI uri, Credentials credentials, Duration requestTimeout) {
        this(
                uri,
                credentials,
                requestTimeout,
                DEFAULT_CONNECT_TIMEOUT,
                DEFAULT_MAX_RESPONSE_BYTES,
                new ProxySettings.None(),
                UpstreamKind.DIRECT);
    }

    /**
     * {@return these settings with another proxy}
     *
     * @param other how the upstream is reached
     */
    public RpcUpstreamSettings withProxy(ProxySettings other) {
        return new RpcUpstreamSettings(uri, credentials, requestTimeout, connectTimeout, maxResponseBytes, other, kind);
    }

    /**
     * {@return these settings with another kind}
     *
     * @param other what a success of the upstream means
     */
    public RpcUpstreamSettings withKind(UpstreamKind other) {
        return new RpcUpstreamSettings(uri, credentials, requestTimeout, connectTimeout, maxResponseBytes, proxy,
                other);
    }

    /** Returns the URL for messages: without the query, which may contain a token. */
    String where() {
        UrlTarget target = target();
        String port = target.port() < 0 ? "" : ":" + target.port();
        return uri.getScheme() + "://" + target.host() + port + (uri.getRawPath() == null ? "" : uri.getRawPath());
    }

    /** Returns the URL for messages about the exchange with the upstream, in which a proxy may have had a part. */
    String whereThrough() {
        return where() + proxy.suffix();
    }

    /** Returns host and port of the URL. */
    UrlTarget target() {
        return UrlTarget.of(uri).orElseThrow();
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
