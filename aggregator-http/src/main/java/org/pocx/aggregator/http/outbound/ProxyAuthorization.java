package org.pocx.aggregator.http.outbound;

import java.util.Base64;
import java.util.Optional;
import org.pocx.aggregator.http.outbound.ProxySettings.Via;

/** The header field that logs in at an HTTP proxy. */
final class ProxyAuthorization {
    static final String NAME = "Proxy-Authorization";

    private ProxyAuthorization() {}

    /** Returns the line; empty when the proxy needs none. */
    static Optional<String> of(Via proxy) {
        return proxy.login()
                .map(login -> PercentEscapes.utf8(login.user() + ":" + login.password()))
                .map(bytes -> NAME + ": Basic " + Base64.getEncoder().encodeToString(bytes));
    }
}
