package org.pocx.aggregator.protocol.jsonrpc;

import java.util.List;

/** What a client sent in one message. */
public sealed interface RpcBody {

    /**
     * One call.
     *
     * @param call what came, well formed or not
     */
    record Single(RpcCall call) implements RpcBody {}

    /**
     * Several calls: 1 to {@value RpcRequests#MAX_BATCH}, answered together in their order.
     *
     * @param calls in the order of the body; unmodifiable
     */
    record Batch(List<RpcCall> calls) implements RpcBody {
        /** Copies the calls, which keep the order of the request. */
        public Batch {
            calls = List.copyOf(calls);
        }
    }

    /**
     * No calls at all: no JSON, an empty batch or one that is too long. Answered with the error and the id null.
     *
     * @param error what is wrong with the body
     */
    record Invalid(RpcError error) implements RpcBody {}
}
