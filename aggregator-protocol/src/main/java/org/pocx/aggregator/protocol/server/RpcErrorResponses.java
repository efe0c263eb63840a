package org.pocx.aggregator.protocol.server;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import org.pocx.aggregator.http.routing.Responses;
import org.pocx.aggregator.protocol.jsonrpc.RpcError;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;
import org.pocx.aggregator.protocol.jsonrpc.RpcResponses;

/** Sends the JSON-RPC errors with an HTTP status other than 200. */
final class RpcErrorResponses {
    private RpcErrorResponses() {}

    static void unauthorized(HttpExchange exchange, RpcError error) throws IOException {
        Responses.json(exchange, 401, RpcResponses.error(RpcId.NULL, error));
    }

    /**
     * Answers a request whose body is too large. The connection is closed, but only after the client could read the
     * response.
     */
    static void tooLarge(HttpExchange exchange, RpcError error) throws IOException {
        byte[] body = RpcResponses.error(RpcId.NULL, error);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Connection", "close");
        exchange.sendResponseHeaders(413, body.length);
        OutputStream out = exchange.getResponseBody();
        out.write(body);
        out.flush();
        RequestBodyDrain.drain(exchange.getRequestBody());
        out.close();
    }
}
