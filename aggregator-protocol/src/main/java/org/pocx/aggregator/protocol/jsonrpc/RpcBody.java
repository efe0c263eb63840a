package org.pocx.aggregator.protocol.jsonrpc;

import java.util.List;

/** The content of a request body. */
public sealed interface RpcBody {

    /**
     * One call.
     *
     * @param call the call, valid or malformed
     */
    record Single(RpcCall call) implements RpcBody {}

    /**
     * A batch of 1 to {@value RpcRequests#MAX_BATCH} calls, which are answered together in their order.
     *
     * @param calls in the order of the body; unmodifiable
     */
    record Batch(List<RpcCall> calls) implements RpcBody {
        /** Copies the list of calls. */
        public Batch {
            calls = List.copyOf(calls);
        }
    }

    /**
     * A body without calls: invalid JSON, an empty batch or a batch that is too long. The response is the error with a null
     * id.
     *
     * @param error what is wrong with the body
     */
    record Invalid(RpcError error) implements RpcBody {}
}
