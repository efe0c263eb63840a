package org.pocx.aggregator.http.outbound;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;

/**
 * The way of the requests of one {@link HttpClient} to one target. Thread-safe.
 *
 * <p>Of the JVM's system properties for proxies, none is used.
 */
public sealed interface OutboundRoute extends AutoCloseable permits DirectRoute, RelayedRoute {

    /**
     * {@return a route that uses the JVM's resolver}
     *
     * @param target the server
     * @param proxy how it is reached
     * @param connectTimeout the longest time for connecting; positive
     */
    static OutboundRoute to(OutboundTarget target, ProxySettings proxy, Duration connectTimeout) {
        return to(target, proxy, connectTimeout, HostResolver.system());
    }

    /**
     * {@return a route}
     *
     * @param target the server
     * @param proxy how it is reached
     * @param connectTimeout the longest time for connecting; positive
     * @param resolver resolves the names of the target and of the proxy
     */
    static OutboundRoute to(
            OutboundTarget target, ProxySettings proxy, Duration connectTimeout, HostResolver resolver) {
        return proxy instanceof ProxySettings.None && HostNames.isAddress(target.host())
                ? new DirectRoute(target.url(), connectTimeout)
                : RelayedRoute.open(target, connectTimeout, RelayPlan.of(target, proxy, resolver));
    }

    /**
     * Sets proxy selector and connect timeout of a client. The client must use HTTP/1.1.
     *
     * @param client the builder of the client
     */
    void configure(HttpClient.Builder client);

    /** {@return the URL for requests of the client; the target receives its own} */
    URI requestUrl();

    /** {@return what one request needs; to be closed after it} */
    OutboundCall call();

    /** Closes all connections of the route. Idempotent. */
    @Override
    void close();
}
