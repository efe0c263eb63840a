package org.pocx.aggregator.http.routing;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Sends whole responses with their length, so that the connection stays usable. A response to HEAD gets the same header fields. */
public final class Responses {
    private static final int NO_BODY = -1;

    private Responses() {}

    /**
     * Sends JSON.
     *
     * @param exchange with nothing sent yet
     * @param status the status code
     * @param body UTF-8
     * @throws IOException if the client has disconnected
     */
    public static void json(HttpExchange exchange, int status, byte[] body) throws IOException {
        send(exchange, status, "application/json", body);
    }

    /**
     * Sends plain text, as UTF-8.
     *
     * @param exchange with nothing sent yet
     * @param status the status code
     * @param body the text
     * @throws IOException if the client has disconnected
     */
    public static void text(HttpExchange exchange, int status, String body) throws IOException {
        send(exchange, status, "text/plain; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sends a body of any type.
     *
     * @param exchange with nothing sent yet
     * @param status the status code
     * @param type the value of {@code Content-Type}
     * @param body the content, as it is sent
     * @throws IOException if the client has disconnected
     */
    public static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(status, NO_BODY);
            return;
        }
        exchange.sendResponseHeaders(status, body.length == 0 ? NO_BODY : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    /**
     * Sends a response without a body, such as 204 or 304.
     *
     * @param exchange with nothing sent yet
     * @param status the status code
     * @throws IOException if the client has disconnected
     */
    public static void empty(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, NO_BODY);
    }
}
