package org.pocx.aggregator.protocol.engine;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import com.sun.net.httpserver.spi.HttpServerProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Makes HTTP servers that read and write on one thread a connection.
 *
 * <p>What differs from the API's letter: a server's executor runs one task a <em>connection</em>, for as long as that is
 * open, so that it must have a thread for each (by default virtual ones); and an exchange must be finished when its
 * handler returns, else its connection is closed. A server is plain until it has an {@link
 * com.sun.net.httpserver.HttpsConfigurator}, whose context is asked for anew for each connection. Exchanges over TLS
 * are no {@code HttpsExchange}.
 *
 * <p>Thread-safe.
 */
public final class HttpEngine extends HttpServerProvider {
    private final Door door;
    private final EngineLimits limits;
    private final HttpDate date;

    /**
     * An engine whose servers have one door in common.
     *
     * @param door asked for each connection of each server made here
     * @param limits of each connection
     * @param wallClock what the answers are dated by
     */
    public HttpEngine(Door door, EngineLimits limits, InstantSource wallClock) {
        this.door = door;
        this.limits = limits;
        this.date = new HttpDate(wallClock);
    }

    @Override
    public HttpServer createHttpServer(@Nullable InetSocketAddress address, int backlog) throws IOException {
        return createHttpsServer(address, backlog);
    }

    @Override
    public HttpsServer createHttpsServer(@Nullable InetSocketAddress address, int backlog) throws IOException {
        EngineServer server = new EngineServer(door, limits, new Clock(System::nanoTime), date);
        if (address != null) {
            server.bind(address, backlog);
        }
        return server;
    }
}
