package org.pocx.aggregator.simulator.bench;

import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;
import org.pocx.aggregator.protocol.jsonrpc.RpcRequests;

/** The requests of one connection, whole with their heads, one after the other. For one thread. */
interface RequestSource {

    /** The next request, written to only by the next call; null when there is none any more. */
    byte @Nullable [] next();

    /** The same request for ever: {@code get_mining_info}. */
    static RequestSource polls(Target target) {
        byte[] request = target.request(RpcRequests.getMiningInfo(RpcId.of(1)));
        return () -> request;
    }
}
