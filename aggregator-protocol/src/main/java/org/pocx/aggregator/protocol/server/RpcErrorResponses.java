package org.pocx.aggregator.protocol.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import org.pocx.aggregator.http.routing.Responses;
import org.pocx.aggregator.protocol.jsonrpc.RpcError;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;
import org.pocx.aggregator.protocol.jsonrpc.RpcResponses;

/** Sends JSON-RPC errors that have an HTTP status of their own. */
final class RpcErrorResponses {
    private RpcErrorResponses() {}

    static void unauthorized(HttpExchange exchange, RpcError error) throws IOException {
        Responses.json(exchange, 401, RpcResponses.error(RpcId.NULL, error));
    }

    /** For a request whose body is not wanted: the connection ends, but not before the peer can have read the answer. */
    static void tooLarge(HttpExchange exchange, RpcError error) throws IOException {
        byte[] body = RpcResponses.error(RpcId.NULL, error);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Connection", "close");
        exchange.sendResponseHeaders(413, body.length);
        OutputStream out = exchange.getResponseBody();
        out.write(body);
        out.flush();
        Lingering.drain(exchange.getRequestBody());
        out.close();
    }
}
