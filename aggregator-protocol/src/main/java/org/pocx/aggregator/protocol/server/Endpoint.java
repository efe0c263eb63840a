package org.pocx.aggregator.protocol.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** Answers the requests of one route. */
interface Endpoint {
    /**
     * Answers, and finishes the exchange.
     *
     * @throws IOException when the peer is gone, and as {@link DroppedConnection} when it is to get no answer
     */
    void handle(HttpExchange exchange) throws IOException;
}
