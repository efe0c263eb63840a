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
import org.pocx.aggregator.protocol.jsonrpc.RpcAnswers;
import org.pocx.aggregator.protocol.jsonrpc.RpcBody;
import org.pocx.aggregator.protocol.jsonrpc.RpcCall;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;
import org.pocx.aggregator.protocol.jsonrpc.RpcRequests;
import org.pocx.aggregator.simulator.http.HttpAnswers;
import org.pocx.aggregator.simulator.http.HttpMessage;
import org.pocx.aggregator.simulator.time.Sleeper;

/**
 * What a server does about each HTTP request: looks at path and credentials, finds the fault that is to strike, or has the
 * methods carried out.
 *
 * <p>Thread-safe, as its parts are.
 */
final class NodeEndpoint {
    private static final Duration UNAUTHORIZED_DELAY = Duration.ofMillis(250);

    private final String path;
    private final String contentType;
    private final DoorKeeper door;
    private final WorkQueue queue;
    private final Methods methods;
    private final FaultRules faults;
    private final RequestLog log;
    private final Sleeper sleeper;

    NodeEndpoint(
            String path,
            String contentType,
            DoorKeeper door,
            WorkQueue queue,
            Methods methods,
            FaultRules faults,
            RequestLog log,
            Sleeper sleeper) {
        this.path = path;
        this.contentType = contentType;
        this.door = door;
        this.queue = queue;
        this.methods = methods;
        this.faults = faults;
        this.log = log;
        this.sleeper = sleeper;
    }

    NodeReply handle(HttpMessage request) throws InterruptedException {
        if (!request.word(1).equals(path)) {
            return plain(404, "Not found");
        }
        if (!request.word(0).equals("POST")) {
            return plain(405, "JSONRPC server handles only POST requests");
        }
        if (!door.admits(request.header("authorization").orElse(""))) {
            sleeper.sleep(UNAUTHORIZED_DELAY);
            return unauthorized();
        }
        if (!queue.enter()) {
            return plain(503, "Work queue depth exceeded");
        }
        try {
            queue.begin();
            try {
                return carryOut(request.body());
            } finally {
                queue.end();
            }
        } finally {
            queue.leave();
        }
    }

    private NodeReply carryOut(byte[] body) throws InterruptedException {
        return switch (RpcRequests.parse(body)) {
            case RpcBody.Single single -> call(single.call());
            case RpcBody.Batch batch -> batch(batch.calls());
            case RpcBody.Invalid invalid -> json(200, RpcAnswers.error(RpcId.NULL, invalid.error()));
        };
    }

    /** Answers all calls together; the first that has no JSON for an answer speaks for all of them. */
    private NodeReply batch(List<RpcCall> calls) throws InterruptedException {
        List<byte[]> answers = new ArrayList<>();
        for (RpcCall call : calls) {
            NodeReply reply = call(call);
            if (!(reply instanceof NodeReply.Answer answer) || answer.status() >= 300) {
                return reply;
            }
            if (answer.body().length > 0) {
                answers.add(answer.body());
            }
        }
        return answers.isEmpty() ? noContent() : json(200, RpcAnswers.batch(answers));
    }

    private NodeReply call(RpcCall call) throws InterruptedException {
        return switch (call) {
            case RpcCall.Request request -> dispatch(request.id(), request.method(), request.params());
            case RpcCall.Notification notification -> {
                dispatch(RpcId.NULL, notification.method(), notification.params());
                yield noContent();
            }
            case RpcCall.Malformed malformed -> json(200, RpcAnswers.error(malformed.id(), malformed.error()));
        };
    }

    private NodeReply dispatch(RpcId id, String method, Optional<RawJson> params) throws InterruptedException {
        return switch (method) {
            case MiningCodec.GET_MINING_INFO -> run(method, Optional.empty(), () -> methods.miningInfo(id), id);
            case MiningCodec.SUBMIT_NONCE -> submit(id, params);
            default -> run("unknown", Optional.empty(), () -> Methods.methodNotFound(id), id);
        };
    }

    private NodeReply submit(RpcId id, Optional<RawJson> params) throws InterruptedException {
        try {
            NonceSubmission nonce = methods.read(params);
            return run(MiningCodec.SUBMIT_NONCE, Optional.of(nonce), () -> methods.submit(id, nonce), id);
        } catch (InvalidFieldException e) {
            String why = String.valueOf(e.getMessage());
            return run(MiningCodec.SUBMIT_NONCE, Optional.empty(), () -> methods.refuseMalformed(id, why), id);
        }
    }

    /** Has the call carried out, or the fault that meets it. */
    private NodeReply run(String method, Optional<NonceSubmission> nonce, Supplier<byte[]> right, RpcId id)
            throws InterruptedException {
        try (RequestLog.Running running = log.begin(method, nonce)) {
            String account = nonce.map(NonceSubmission::accountId).orElse("");
            Optional<FaultRule> met = faults.meet(method, account);
            return met.isPresent() ? spoil(met.get(), right, id) : json(200, right.get());
        }
    }

    private NodeReply spoil(FaultRule rule, Supplier<byte[]> right, RpcId id) throws InterruptedException {
        if (!rule.isAfterwards()) {
            return spoil(rule.fault(), right, id);
        }
        byte[] judged = right.get();
        return spoil(rule.fault(), () -> judged, id);
    }

    private NodeReply spoil(Fault fault, Supplier<byte[]> right, RpcId id) throws InterruptedException {
        return switch (fault) {
            case Fault.Failure failure -> json(failure.status(), RpcAnswers.error(id, failure.error()));
            case Fault.Instead instead -> instead.reply();
            case Fault.CutShort cut -> cutShort(right.get());
            case Fault.Late late -> {
                sleeper.sleep(late.delay());
                yield json(200, right.get());
            }
        };
    }

    private NodeReply cutShort(byte[] body) {
        byte[] whole = HttpAnswers.render(200, contentType, Map.of(), body, false);
        return new NodeReply.Raw(Arrays.copyOf(whole, whole.length - body.length / 2));
    }

    private NodeReply unauthorized() {
        String challenge = door.challenge();
        Map<String, String> headers = challenge.isEmpty() ? Map.of() : Map.of("www-authenticate", challenge);
        return new NodeReply.Answer(401, "", headers, new byte[0]);
    }

    private NodeReply json(int status, byte[] body) {
        return new NodeReply.Answer(status, contentType, Map.of(), body);
    }

    private static NodeReply noContent() {
        return new NodeReply.Answer(204, "", Map.of(), new byte[0]);
    }

    private static NodeReply plain(int status, String text) {
        return new NodeReply.Answer(status, "text/plain", Map.of(), text.getBytes(StandardCharsets.UTF_8));
    }
}
