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
 * Opens servers on our own engine; or on another, where the JDK's property {@code
 * com.sun.net.httpserver.HttpServerProvider} names one. Another engine knows no door: who may not is then dropped at the
 * first request, and numbers of connections are as that engine limits them.
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
     * Listens; the server is to be given its contexts and started.
     *
     * @param address where; port 0 takes a free one
     * @param backlog connections that may wait to be accepted; the system may cut it
     * @param maxConnections open at once, asked for each that comes; those beyond are closed
     * @return bound, without contexts, and not started; for plain HTTP
     * @throws IOException when the address cannot be had; its message does not name the address
     */
    public static HttpServer open(InetSocketAddress address, int backlog, IntSupplier maxConnections)
            throws IOException {
        return open(address, backlog, limit(address, maxConnections), null);
    }

    /**
     * Listens with TLS; the server is to be given its contexts and started.
     *
     * @param address where; port 0 takes a free one
     * @param backlog connections that may wait to be accepted; the system may cut it
     * @param maxConnections open at once, asked for each that comes; those beyond are closed
     * @param tls asked for a context for each connection
     * @return bound, without contexts, and not started
     * @throws IOException when the address cannot be had; its message does not name the address
     */
    public static HttpServer open(
            InetSocketAddress address, int backlog, IntSupplier maxConnections, HttpsConfigurator tls)
            throws IOException {
        return open(address, backlog, limit(address, maxConnections), Objects.requireNonNull(tls, "tls"));
    }

    private static AdmissionControl limit(InetSocketAddress address, IntSupplier maxConnections) {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(maxConnections, "maxConnections");
        SeldomLog crowds = new SeldomLog(LOG, System::nanoTime);
        AtomicInteger open = new AtomicInteger();
        return peer -> {
            int limit = maxConnections.getAsInt();
            if (open.incrementAndGet() > limit) {
                open.decrementAndGet();
                crowds.warn("New connections to port " + address.getPort() + " are closed: all " + limit
                        + " are in use");
                return new AdmissionControl.Decision.Full();
            }
            return new AdmissionControl.Decision.Admitted(open::decrementAndGet);
        };
    }

    static HttpServer open(InetSocketAddress address, int backlog, AdmissionControl door,
            @Nullable HttpsConfigurator tls)
            throws IOException {
        HttpServerProvider provider =
                ownEngine()
                        ? new HttpEngine(door, EngineLimits.DEFAULT, WallClock.system())
                        : HttpServerProvider.provider();
        if (tls == null) {
            return provider.createHttpServer(address, backlog);
        }
        HttpsServer server = provider.createHttpsServer(address, backlog);
        server.setHttpsConfigurator(tls);
        return server;
    }
}
