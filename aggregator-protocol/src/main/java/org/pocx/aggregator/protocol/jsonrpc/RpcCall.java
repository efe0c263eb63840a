package org.pocx.aggregator.protocol.jsonrpc;

import java.util.Optional;

/** One call of a request body. */
public sealed interface RpcCall {

    /**
     * A request, which gets a response.
     *
     * @param id the id, which the response repeats unchanged
     * @param method any text, as received
     * @param params an object or an array; empty when absent or null
     */
    record Request(RpcId id, String method, Optional<RawJson> params) implements RpcCall {}

    /**
     * A request without an id: it is executed and gets no response.
     *
     * @param method any text, as received
     * @param params an object or an array; empty when absent or null
     */
    record Notification(String method, Optional<RawJson> params) implements RpcCall {}

    /**
     * An invalid request, which gets an error response.
     *
     * @param id its id, or {@link RpcId#NULL}
     * @param error what is wrong with it
     */
    record Malformed(RpcId id, RpcError error) implements RpcCall {}
}
