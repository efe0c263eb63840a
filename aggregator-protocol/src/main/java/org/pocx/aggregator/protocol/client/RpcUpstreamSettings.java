package org.pocx.aggregator.protocol.client;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link RpcUpstream} is to call.
 *
 * @param uri http or https, with a host, and with the path that the upstream serves; without user and password
 * @param credentials what to show
 * @param requestTimeout from the call to the last byte of the answer, retries included; positive
 * @param connectTimeout of that, how long connecting may take; positive
 * @param maxAnswerBytes the longest answer that is read; positive. See {@link #DEFAULT_MAX_ANSWER_BYTES}
 */
public record RpcUpstreamSettings(
        URI uri, Credentials credentials, Duration requestTimeout, Duration connectTimeout, int maxAnswerBytes) {
    /**
     * 64 KiB: an answer of the protocol takes about 500 bytes, and mining info may bring 16 KiB that we do not know. Some
     * forty calls can be under way at once, so that this bounds what an upstream can fill of the heap, too.
     */
    public static final int DEFAULT_MAX_ANSWER_BYTES = 64 * 1024;

    private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /**
     * Takes settings that a call can be made with.
     *
     * @throws IllegalArgumentException when a value is out of the form above; names what is wrong, fit for an operator
     */
    public RpcUpstreamSettings {
        Objects.requireNonNull(uri, "uri");
        Objects.requireNonNull(credentials, "credentials");
        Objects.requireNonNull(requestTimeout, "requestTimeout");
        Objects.requireNonNull(connectTimeout, "connectTimeout");
        @Nullable String scheme = uri.getScheme();
        require(scheme != null && (scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https")),
                "the upstream's URL must begin with http:// or https://");
        Optional<UrlTarget> target = UrlTarget.of(uri);
        require(target.isPresent(), "the upstream's URL must name a host");
        require(!target.map(UrlTarget::hasUnderscore).orElse(false) || scheme.equalsIgnoreCase("http"),
                "the upstream's host must not have an underscore in its name with https, as no certificate can be for it:"
                        + " use another name or the address");
        require(uri.getUserInfo() == null,
                "the upstream's URL must not hold user and password: configure them as auth");
        require(uri.getFragment() == null, "the upstream's URL must not have a fragment (#)");
        require(isPositive(requestTimeout), "requestTimeout must be positive");
        require(isPositive(connectTimeout), "connectTimeout must be positive");
        require(maxAnswerBytes > 0, "maxAnswerBytes must be positive");
    }

    /**
     * The default limits for all but the time of a request.
     *
     * @param uri of the upstream; see the record for its form
     * @param credentials what to show
     * @param requestTimeout from the call to the last byte of the answer; positive
     */
    public RpcUpstreamSettings(URI uri, Credentials credentials, Duration requestTimeout) {
        this(uri, credentials, requestTimeout, DEFAULT_CONNECT_TIMEOUT, DEFAULT_MAX_ANSWER_BYTES);
    }

    /** The URL for messages: without the query, which may hold a token. */
    String where() {
        UrlTarget target = target();
        String port = target.port() < 0 ? "" : ":" + target.port();
        return uri.getScheme() + "://" + target.host() + port + (uri.getRawPath() == null ? "" : uri.getRawPath());
    }

    /** Where the URL leads to. */
    UrlTarget target() {
        return UrlTarget.of(uri).orElseThrow();
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
