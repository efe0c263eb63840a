package org.pocx.aggregator.protocol.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;

/**
 * Stands before all handlers: lets requests in while the server is not closing, and turns whatever a handler throws
 * into a dropped connection, for some engines leave the connection open after an Error, or answer in our name.
 */
final class Gate implements HttpHandler {
    private final InFlight inFlight;
    private final SeldomLog faults;
    private final HttpHandler inner;

    Gate(InFlight inFlight, SeldomLog faults, HttpHandler inner) {
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
            faults.fault("A request failed by a fault of this program; its connection is closed", bug);
            throw new DroppedConnection("a fault of this program");
        } finally {
            inFlight.leave();
        }
    }
}
