package org.pocx.aggregator.dashboard.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;

/** Sends content that depends on the query alone; called from many threads at once. */
@FunctionalInterface
public interface QueryHandler extends HttpHandler {
    /**
     * The content for a query.
     *
     * @throws BadQueryException when the query is not one for it
     */
    Content answer(Query query);

    @Override
    default void handle(HttpExchange exchange) throws IOException {
        ContentResponses.send(exchange, 200, answer(Query.of(exchange.getRequestURI())));
    }

    /** The handler as a value of its own type, for a lambda expression. */
    static HttpHandler of(QueryHandler handler) {
        return handler;
    }
}
