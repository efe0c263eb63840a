package org.pocx.aggregator.http;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import com.sun.net.httpserver.spi.HttpServerProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Creates HTTP servers that use one thread per connection.
 *
 * <p>Differences from the documented API: a server's executor runs one task per <em>connection</em>, for as long as the
 * connection is open, so it needs a thread for each (default: virtual threads). An exchange must be finished when its handler
 * returns; otherwise its connection is closed. A server uses TLS once it has an {@link
 * com.sun.net.httpserver.HttpsConfigurator}; the SSL context is read again for each connection. Exchanges over TLS are not
 * {@code HttpsExchange}s.
 *
 * <p>Thread-safe.
 */
public final class HttpEngine extends HttpServerProvider {
    private final AdmissionControl admission;
    private final EngineLimits limits;
    private final HttpDate date;

    /**
     * Creates an engine. All its servers share the admission control.
     *
     * @param admission decides about each connection of each server
     * @param limits of each connection
     * @param wallClock the clock for the Date header field
     */
    public HttpEngine(AdmissionControl admission, EngineLimits limits, InstantSource wallClock) {
        this.admission = admission;
        this.limits = limits;
        this.date = new HttpDate(wallClock);
    }

    @Override
    public HttpServer createHttpServer(@Nullable InetSocketAddress address, int backlog) throws IOException {
        return createHttpsServer(address, backlog);
    }

    @Override
    public HttpsServer createHttpsServer(@Nullable InetSocketAddress address, int backlog) throws IOException {
        EngineServer server = new EngineServer(admission, limits, new DeadlineClock(System::nanoTime), date);
        if (address != null) {
            server.bind(address, backlog);
        }
        return server;
    }
}
