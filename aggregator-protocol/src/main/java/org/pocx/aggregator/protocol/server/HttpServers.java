package org.pocx.aggregator.protocol.server;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import com.sun.net.httpserver.spi.HttpServerProvider;
import java.io.IOException;
import java.lang.System.Logger;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.time.WallClock;
import org.pocx.aggregator.http.AdmissionControl;
import org.pocx.aggregator.http.EngineLimits;
import org.pocx.aggregator.http.HttpEngine;

/**
 * Opens servers on our own engine, or on the engine that the JDK's property {@code
 * com.sun.net.httpserver.HttpServerProvider} names. Other engines have no admission control: clients that are not
 * allowed are then dropped at their first request, and the number of connections is limited only by that engine.
 */
public final class HttpServers {
    private static final String OTHER_ENGINE = "com.sun.net.httpserver.HttpServerProvider";
    private static final Logger LOG = System.getLogger(HttpServers.class.getName());

    private HttpServers() {}

    /** Whether servers run on our own engine. */
    static boolean ownEngine() {
        return System.getProperty(OTHER_ENGINE) == null;
    }

    /**
     * Opens a listening server. The caller adds contexts and starts it.
     *
     * @param address the address to listen on; port 0 selects a free port
     * @param backlog connections that may wait to be accepted; the operating system may reduce it
     * @param maxConnections open connections at most, read for each new connection; further ones are closed
     * @return a server for plain HTTP, bound, without contexts, and not started
     * @throws IOException if the address cannot be bound; its message does not contain the address
     */
    public static HttpServer open(InetSocketAddress address, int backlog, IntSupplier maxConnections)
            throws IOException {
        return open(address, backlog, limit(address, maxConnections), null);
    }

    /**
     * Opens a listening server with TLS. The caller adds contexts and starts it.
     *
     * @param address the address to listen on; port 0 selects a free port
     * @param backlog connections that may wait to be accepted; the operating system may reduce it
     * @param maxConnections open connections at most, read for each new connection; further ones are closed
     * @param tls configures each connection
     * @return bound, without contexts, and not started
     * @throws IOException if the address cannot be bound; its message does not contain the address
     */
    public static HttpServer open(
            InetSocketAddress address, int backlog, IntSupplier maxConnections, HttpsConfigurator tls)
            throws IOException {
        return open(address, backlog, limit(address, maxConnections), Objects.requireNonNull(tls, "tls"));
    }

    private static AdmissionControl limit(InetSocketAddress address, IntSupplier maxConnections) {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(maxConnections, "maxConnections");
        RateLimitedLog limits = new RateLimitedLog(LOG, System::nanoTime);
        AtomicInteger open = new AtomicInteger();
        return peer -> {
            int limit = maxConnections.getAsInt();
            if (open.incrementAndGet() > limit) {
                open.decrementAndGet();
                limits.warn("New connections to port " + address.getPort() + " are closed: all " + limit
                        + " are in use");
                return new AdmissionControl.Decision.Full();
            }
            return new AdmissionControl.Decision.Admitted(open::decrementAndGet);
        };
    }

    static HttpServer open(InetSocketAddress address, int backlog, AdmissionControl admission,
            @Nullable HttpsConfigurator tls)
            throws IOException {
        HttpServerProvider provider =
                ownEngine()
                        ? new HttpEngine(admission, EngineLimits.DEFAULT, WallClock.system())
                        : HttpServerProvider.provider();
        if (tls == null) {
            return provider.createHttpServer(address, backlog);
        }
        HttpsServer server = provider.createHttpsServer(address, backlog);
        server.setHttpsConfigurator(tls);
        return server;
    }
}
