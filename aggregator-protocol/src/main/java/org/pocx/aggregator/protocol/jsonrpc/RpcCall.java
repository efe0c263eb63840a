package org.pocx.aggregator.protocol.jsonrpc;

import java.util.Optional;

/** One member of what a client sent. */
public sealed interface RpcCall {

    /**
     * A request, to be answered.
     *
     * @param id goes back with the answer as it came
     * @param method as it came; any text
     * @param params an object or an array; empty where there is none, or null
     */
    record Request(RpcId id, String method, Optional<RawJson> params) implements RpcCall {}

    /**
     * A request without id: carried out, and not answered.
     *
     * @param method as it came; any text
     * @param params an object or an array; empty where there is none, or null
     */
    record Notification(String method, Optional<RawJson> params) implements RpcCall {}

    /**
     * Not a request: answered with the error.
     *
     * @param id the id that came with it, or null
     * @param error what is wrong with it
     */
    record Malformed(RpcId id, RpcError error) implements RpcCall {}
}
