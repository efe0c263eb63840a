package org.pocx.aggregator.simulator.node;

import java.time.Duration;
import org.pocx.aggregator.protocol.jsonrpc.RpcError;

/** A way of not doing what was asked. */
sealed interface Fault {

    /** A JSON-RPC error with this HTTP status. */
    record Failure(int status, RpcError error) implements Fault {}

    /** Something else altogether, at the level of HTTP or below. */
    record Instead(NodeReply reply) implements Fault {}

    /** The right answer, cut off in the middle. */
    record CutShort() implements Fault {}

    /** The right answer, late. */
    record Late(Duration delay) implements Fault {}
}
