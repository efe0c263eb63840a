package org.pocx.aggregator.protocol.jsonrpc;

/** What a server answered to one request. */
public sealed interface RpcAnswer {

    /**
     * It did what was asked.
     *
     * @param id the request's id; null where the answer has none
     * @param result any JSON value but null
     */
    record Result(RpcId id, RawJson result) implements RpcAnswer {}

    /**
     * It did not.
     *
     * @param id the request's id; null where the answer has none, as when the server could not read it
     * @param error what the upstream says, with its code as it came
     */
    record Failure(RpcId id, RpcError error) implements RpcAnswer {}

    /**
     * The body is no JSON-RPC answer.
     *
     * @param why what it lacks; repeats nothing of it
     */
    record Garbage(String why) implements RpcAnswer {}
}
