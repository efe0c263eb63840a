package org.pocx.aggregator.simulator.node;

import java.util.Map;

/** What a server does about a request. */
sealed interface NodeReply {

    /** Answers as HTTP has it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Answer(int status, String contentType, Map<String, String> headers, byte[] body) implements NodeReply {}

    /** Writes these bytes, whatever they are, and closes the connection. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Raw(byte[] bytes) implements NodeReply {}

    /** Never answers, and keeps the connection until the client gives up. */
    record Silence() implements NodeReply {}

    /** Resets the connection (RST). */
    record Reset() implements NodeReply {}

    /** Closes the connection in an orderly way, without an answer. */
    record Close() implements NodeReply {}
}
