package org.pocx.aggregator.dashboard.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;

/** Sends content that depends only on the query. Implementations are thread-safe. */
@FunctionalInterface
public interface QueryHandler extends HttpHandler {
    /**
     * Returns the content for a query.
     *
     * @throws BadQueryException if the query is invalid
     */
    Content answer(Query query);

    @Override
    default void handle(HttpExchange exchange) throws IOException {
        ContentResponses.send(exchange, 200, answer(Query.of(exchange.getRequestURI())));
    }

    /** Returns the handler; for use with a lambda expression. */
    static HttpHandler of(QueryHandler handler) {
        return handler;
    }
}
