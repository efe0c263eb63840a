package org.pocx.aggregator.simulator.node;

import java.util.Map;

/** What a server does with a request. */
sealed interface NodeResponse {

    /** Sends an HTTP response. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Http(int status, String contentType, Map<String, String> headers, byte[] body) implements NodeResponse {}

    /** Sends these bytes and closes the connection. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Raw(byte[] bytes) implements NodeResponse {}

    /** Never answers, and keeps the connection open until the client closes it. */
    record Hang() implements NodeResponse {}

    /** Resets the connection (RST). */
    record Reset() implements NodeResponse {}

    /** Closes the connection without an answer. */
    record Close() implements NodeResponse {}
}
