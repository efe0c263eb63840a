package org.pocx.aggregator.protocol.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.MiningService;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.protocol.jsonrpc.MiningCodec;
import org.pocx.aggregator.protocol.jsonrpc.RawJson;
import org.pocx.aggregator.protocol.jsonrpc.RpcBody;
import org.pocx.aggregator.protocol.jsonrpc.RpcCall;
import org.pocx.aggregator.protocol.jsonrpc.RpcError;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;
import org.pocx.aggregator.protocol.jsonrpc.RpcRequests;
import org.pocx.aggregator.protocol.jsonrpc.RpcResponses;

/** Processes JSON-RPC request bodies, independent of the transport. Thread-safe. */
final class RpcHandler {
    private final MiningMethods methods;
    private final ExecutorService threads;

    /** @param threads run the calls of a batch in parallel, so that it takes only as long as its slowest call */
    RpcHandler(MiningService service, ExecutorService threads, RateLimitedLog faults, SubmissionRateLimiter rate) {
        this.methods = new MiningMethods(service, faults, rate);
        this.threads = threads;
    }

    /** @param isAwaited whether the sender wants to wait for the verdict, which is ignored except for a single nonce */
    Reply handle(byte[] body, MinerId miner, boolean isAwaited) {
        return switch (RpcRequests.parse(body)) {
            case RpcBody.Single(RpcCall call) -> call(call, miner, isAwaited);
            case RpcBody.Batch(List<RpcCall> calls) -> batch(calls, miner);
            case RpcBody.Invalid(RpcError error) -> new Reply.Answer(RpcResponses.error(RpcId.NULL, error));
        };
    }

    private Reply call(RpcCall call, MinerId miner, boolean isAwaited) {
        return switch (call) {
            case RpcCall.Request(RpcId id, String method, Optional<RawJson> params) ->
                run(id, method, params.orElse(null), miner, isAwaited);
            case RpcCall.Notification(String method, Optional<RawJson> params) ->
                run(RpcId.NULL, method, params.orElse(null), miner, false) instanceof Reply.Drop drop
                        ? drop
                        : Reply.NOTHING;
            case RpcCall.Malformed(RpcId id, RpcError error) -> new Reply.Answer(RpcResponses.error(id, error));
        };
    }

    private Reply run(RpcId id, String method, @Nullable RawJson params, MinerId miner, boolean isAwaited) {
        return switch (method) {
            case MiningCodec.GET_MINING_INFO -> methods.getMiningInfo(id, miner);
            case MiningCodec.SUBMIT_NONCE -> methods.submitNonce(id, params, miner, isAwaited);
            default -> new Reply.Answer(RpcResponses.error(id, RpcError.methodNotFound()));
        };
    }

    private Reply batch(List<RpcCall> calls, MinerId miner) {
        List<Callable<Reply>> tasks = new ArrayList<>();
        calls.forEach(call -> tasks.add(() -> call(call, miner, false)));
        try {
            List<byte[]> answers = new ArrayList<>();
            for (Future<Reply> reply : threads.invokeAll(tasks)) {
                switch (reply.get()) {
                    case Reply.Answer answer -> answers.add(answer.body());
                    case Reply.Nothing nothing -> {}
                    case Reply.Awaited awaited -> throw new IllegalStateException("no call of a batch waits");
                    case Reply.Drop drop -> {
                        return drop;
                    }
                }
            }
            return answers.isEmpty() ? Reply.NOTHING : new Reply.Answer(RpcResponses.batch(answers));
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            return new Reply.Drop("the server is closing");
        } catch (ExecutionException bug) {
            throw new IllegalStateException(bug.getCause());
        }
    }
}
