package org.pocx.aggregator.protocol.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;

/**
 * The first handler of each request. It rejects requests while the server is closing. It closes the connection when a
 * handler throws, because some engines leave the connection open after an Error or send a response of their own.
 */
final class RootHandler implements HttpHandler {
    private final InFlight inFlight;
    private final RateLimitedLog faults;
    private final HttpHandler inner;

    RootHandler(InFlight inFlight, RateLimitedLog faults, HttpHandler inner) {
        this.inFlight = inFlight;
        this.faults = faults;
        this.inner = inner;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        if (!inFlight.enter()) {
            throw new DroppedConnection("the server is closing");
        }
        try {
            inner.handle(exchange);
        } catch (IOException peerGone) {
            throw peerGone;
        } catch (Throwable bug) {
            faults.fault("A request failed because of a fault in this program; its connection is closed", bug);
            throw new DroppedConnection("a fault of this program");
        } finally {
            inFlight.leave();
        }
    }
}
