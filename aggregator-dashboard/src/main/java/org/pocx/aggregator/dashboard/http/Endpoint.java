package org.pocx.aggregator.dashboard.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** Answers GET and HEAD for one path; called from many threads at once. */
public interface Endpoint {

    /**
     * Sends the whole answer.
     *
     * @param exchange a request of that path, with nothing sent yet
     * @throws IOException when the peer is gone
     */
    void serve(HttpExchange exchange) throws IOException;

    /** An endpoint whose answer depends on the query alone. */
    static Endpoint of(Question question) {
        return exchange -> Responses.send(exchange, 200, question.answer(Query.of(exchange.getRequestURI())));
    }

    /** What an endpoint answers to a query. */
    interface Question {
        /** @throws BadQueryException when the query is not one for it */
        Content answer(Query query);
    }
}
