package org.pocx.aggregator.http.outbound;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Optional;

/**
 * Leaves connecting to the client: for an address without a proxy, nothing else can be done better.
 *
 * @param requestUrl the target's URL
 */
record DirectRoute(URI requestUrl, Duration connectTimeout) implements OutboundRoute {
    private static final OutboundCall CALL = new OutboundCall() {
        @Override
        public void prepare(HttpRequest.Builder request) {
            // The client needs nothing.
        }

        @Override
        public Optional<DialFailure> failure() {
            return Optional.empty();
        }

        @Override
        public Optional<DialFailure> failureIn(int status, HttpHeaders headers) {
            return Optional.empty();
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    @Override
    public void configure(HttpClient.Builder client) {
        client.proxy(HttpClient.Builder.NO_PROXY).connectTimeout(connectTimeout);
    }

    @Override
    public OutboundCall call() {
        return CALL;
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
