package org.pocx.aggregator.simulator.node;

import java.time.Duration;
import org.pocx.aggregator.protocol.jsonrpc.RpcError;

/** How a request fails. */
sealed interface Fault {

    /** A JSON-RPC error. */
    record Failure(RpcError error) implements Fault {}

    /** A response that replaces the correct one. */
    record Replacement(NodeResponse response) implements Fault {}

    /** The correct response, cut off in the middle of its body. */
    record Truncated() implements Fault {}

    /** The correct response after a delay. */
    record Delayed(Duration delay) implements Fault {}
}
