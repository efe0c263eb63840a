package org.pocx.aggregator.simulator.node;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.pocx.aggregator.core.mining.InvalidFieldException;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.protocol.jsonrpc.MiningCodec;
import org.pocx.aggregator.protocol.jsonrpc.RawJson;
import org.pocx.aggregator.protocol.jsonrpc.RpcBody;
import org.pocx.aggregator.protocol.jsonrpc.RpcCall;
import org.pocx.aggregator.protocol.jsonrpc.RpcError;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;
import org.pocx.aggregator.protocol.jsonrpc.RpcRequests;
import org.pocx.aggregator.protocol.jsonrpc.RpcResponses;
import org.pocx.aggregator.simulator.http.HttpAnswers;
import org.pocx.aggregator.simulator.http.HttpMessage;
import org.pocx.aggregator.simulator.time.Sleeper;

/**
 * Handles an HTTP request: checks path, HTTP method and credentials, and calls the JSON-RPC methods, unless a fault
 * applies.
 *
 * <p>Thread-safe.
 */
final class NodeEndpoint {
    private static final String JSON = "application/json";
    private static final Duration UNAUTHORIZED_DELAY = Duration.ofMillis(250);

    private final NodeAuthenticator authenticator;
    private final NodeMethods methods;
    private final FaultInjector faults;
    private final Sleeper sleeper;

    NodeEndpoint(
            NodeAuthenticator authenticator,
            NodeMethods methods,
            FaultInjector faults,
            Sleeper sleeper) {
        this.authenticator = authenticator;
        this.methods = methods;
        this.faults = faults;
        this.sleeper = sleeper;
    }

    NodeResponse handle(HttpMessage request) throws InterruptedException {
        if (!request.word(1).equals("/")) {
            return plain(404, "Not found");
        }
        if (!request.word(0).equals("POST")) {
            return plain(405, "JSONRPC server handles only POST requests");
        }
        if (!authenticator.isAuthorized(request.header("authorization").orElse(""))) {
            sleeper.sleep(UNAUTHORIZED_DELAY);
            return unauthorized();
        }
        return process(request.body());
    }

    private NodeResponse process(byte[] body) throws InterruptedException {
        return switch (RpcRequests.parse(body)) {
            case RpcBody.Single single -> call(single.call());
            case RpcBody.Batch batch -> batch(batch.calls());
            case RpcBody.Invalid invalid -> json(RpcResponses.error(RpcId.NULL, invalid.error()));
        };
    }

    /** Answers all calls of a batch. If a call has no JSON response, its response is that of the batch. */
    private NodeResponse batch(List<RpcCall> calls) throws InterruptedException {
        List<byte[]> answers = new ArrayList<>();
        for (RpcCall call : calls) {
            NodeResponse response = call(call);
            if (!(response instanceof NodeResponse.Http http) || http.status() >= 300) {
                return response;
            }
            if (http.body().length > 0) {
                answers.add(http.body());
            }
        }
        return answers.isEmpty() ? noContent() : json(RpcResponses.batch(answers));
    }

    private NodeResponse call(RpcCall call) throws InterruptedException {
        return switch (call) {
            case RpcCall.Request request -> call(request.id(), request.method(), request.params());
            case RpcCall.Notification notification -> {
                call(RpcId.NULL, notification.method(), notification.params());
                yield noContent();
            }
            case RpcCall.Malformed malformed -> json(RpcResponses.error(malformed.id(), malformed.error()));
        };
    }

    private NodeResponse call(RpcId id, String method, Optional<RawJson> params) throws InterruptedException {
        return switch (method) {
            case MiningCodec.GET_MINING_INFO -> answer(id, method, "", () -> methods.miningInfo(id));
            case MiningCodec.SUBMIT_NONCE -> submit(id, params);
            default -> answer(id, method, "", () -> RpcResponses.error(id, RpcError.methodNotFound()));
        };
    }

    private NodeResponse submit(RpcId id, Optional<RawJson> params) throws InterruptedException {
        try {
            NonceSubmission nonce = methods.decode(params);
            return answer(id, MiningCodec.SUBMIT_NONCE, nonce.accountId(), () -> methods.submit(id, nonce));
        } catch (InvalidFieldException e) {
            String message = String.valueOf(e.getMessage());
            return answer(id, MiningCodec.SUBMIT_NONCE, "", () -> methods.submitMalformed(id, message));
        }
    }

    /** Answers correctly, or with the fault that applies to the method and the account. */
    private NodeResponse answer(RpcId id, String method, String accountId, Supplier<byte[]> correct)
            throws InterruptedException {
        Optional<FaultRule> rule = faults.next(method, accountId);
        if (rule.isEmpty()) {
            return json(correct.get());
        }
        if (rule.get().afterValidation()) {
            byte[] answer = correct.get();
            return fail(id, rule.get().fault(), () -> answer);
        }
        return fail(id, rule.get().fault(), correct);
    }

    private NodeResponse fail(RpcId id, Fault fault, Supplier<byte[]> correct) throws InterruptedException {
        return switch (fault) {
            case Fault.Failure failure -> json(RpcResponses.error(id, failure.error()));
            case Fault.Replacement replacement -> replacement.response();
            case Fault.Truncated truncated -> truncated(correct.get());
            case Fault.Delayed delayed -> {
                sleeper.sleep(delayed.delay());
                yield json(correct.get());
            }
        };
    }

    private static NodeResponse truncated(byte[] body) {
        byte[] whole = HttpAnswers.render(200, JSON, Map.of(), body, false);
        return new NodeResponse.Raw(Arrays.copyOf(whole, whole.length - body.length / 2));
    }

    private NodeResponse unauthorized() {
        Map<String, String> headers = authenticator
                .challenge()
                .map(value -> Map.of("www-authenticate", value))
                .orElse(Map.of());
        return new NodeResponse.Http(401, "", headers, new byte[0]);
    }

    private static NodeResponse json(byte[] body) {
        return new NodeResponse.Http(200, JSON, Map.of(), body);
    }

    private static NodeResponse noContent() {
        return new NodeResponse.Http(204, "", Map.of(), new byte[0]);
    }

    private static NodeResponse plain(int status, String text) {
        return new NodeResponse.Http(status, "text/plain", Map.of(), text.getBytes(StandardCharsets.UTF_8));
    }
}
