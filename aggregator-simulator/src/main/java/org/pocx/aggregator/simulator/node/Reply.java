package org.pocx.aggregator.simulator.node;

import java.util.Map;

/** What a server does about a request. */
sealed interface Reply {

    /** Answers as HTTP has it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Answer(int status, String contentType, Map<String, String> headers, byte[] body) implements Reply {}

    /** Writes these bytes, whatever they are, and closes the connection. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Raw(byte[] bytes) implements Reply {}

    /** Never answers, and keeps the connection until the client gives up. */
    record Silence() implements Reply {}

    /** Resets the connection (RST). */
    record Reset() implements Reply {}

    /** Closes the connection in an orderly way, without an answer. */
    record Close() implements Reply {}
}
