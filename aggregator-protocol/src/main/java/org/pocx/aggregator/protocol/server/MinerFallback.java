package org.pocx.aggregator.protocol.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import org.pocx.aggregator.http.routing.Responses;
import org.pocx.aggregator.http.routing.Router;

/** Responses of the miner port to unknown paths and methods. */
final class MinerFallback implements Router.Fallback {
    @Override
    public void notFound(HttpExchange exchange) throws IOException {
        Responses.text(exchange, 404, "Not found. JSON-RPC is at POST / and /pocx.\n");
    }

    @Override
    public void methodNotAllowed(HttpExchange exchange, String allowed) throws IOException {
        Responses.text(exchange, 405, "Method not allowed. Use " + allowed + ".\n");
    }
}
