package org.pocx.aggregator.protocol.server;

import java.util.concurrent.CompletableFuture;
import org.pocx.aggregator.core.upstream.VerdictAnswer;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;

/** The result of processing a request body. */
sealed interface Reply {
    /** No response, because the request contained only notifications. */
    Reply NOTHING = new Nothing();

    /**
     * A response.
     *
     * @param body JSON as UTF-8; not copied
     * @param isVerdict whether the sender wanted to wait for the verdict on a nonce, and this is it
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Answer(byte[] body, boolean isVerdict) implements Reply {
        Answer(byte[] body) {
            this(body, false);
        }
    }

    /** The nonce is taken, and its sender waits for the verdict. */
    record Awaited(RpcId id, CompletableFuture<VerdictAnswer> verdict) implements Reply {}

    /** See {@link #NOTHING}. */
    record Nothing() implements Reply {}

    /**
     * The connection is closed without an answer, so that the miner sends its request again.
     *
     * @param reason one line for the log
     */
    record Drop(String reason) implements Reply {}
}
