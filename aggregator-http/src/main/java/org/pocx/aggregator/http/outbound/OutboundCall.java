package org.pocx.aggregator.http.outbound;

import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.util.Optional;

/** One request on an {@link OutboundRoute}. */
public interface OutboundCall extends AutoCloseable {

    /**
     * Adds the header fields that the route needs.
     *
     * @param request the builder of the request
     */
    void prepare(HttpRequest.Builder request);

    /** {@return why the target could not be reached, as far as this request had to connect} Call it after a failure. */
    Optional<DialFailure> failure();

    /**
     * {@return why a proxy did not forward the request; empty when the response is the target's own}
     *
     * @param status the status of the response
     * @param headers the header fields of the response
     */
    Optional<DialFailure> failureIn(int status, HttpHeaders headers);

    /** Ends the call. Idempotent. */
    @Override
    void close();
}
