package org.pocx.aggregator.protocol.jsonrpc;

/** A server's response to one request. */
public sealed interface RpcResponse {

    /**
     * A successful response.
     *
     * @param id the request's id; {@link RpcId#NULL} when the response has none
     * @param result any JSON value except null
     */
    record Result(RpcId id, RawJson result) implements RpcResponse {}

    /**
     * An error response.
     *
     * @param id the request's id; {@link RpcId#NULL} when the response has none, for example because the server could not
     *     read it
     * @param error the server's error, with its code unchanged
     */
    record Failure(RpcId id, RpcError error) implements RpcResponse {}

    /**
     * The body is not a JSON-RPC response.
     *
     * @param why what was received instead, without quoting it
     */
    record Invalid(String why) implements RpcResponse {}
}
