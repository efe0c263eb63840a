package org.pocx.aggregator.protocol.jsonrpc;

import java.util.List;

/** What a client sent in one message. */
public sealed interface RpcBody {

    /** One call. */
    record Single(RpcCall call) implements RpcBody {}

    /** Several calls: 1 to {@value RpcRequests#MAX_BATCH}, answered together in their order. */
    record Batch(List<RpcCall> calls) implements RpcBody {
        /** Copies the calls, which keep the order of the request. */
        public Batch {
            calls = List.copyOf(calls);
        }
    }

    /** No calls at all: no JSON, an empty batch or one that is too long. Answered with the error and the id null. */
    record Invalid(RpcError error) implements RpcBody {}
}
