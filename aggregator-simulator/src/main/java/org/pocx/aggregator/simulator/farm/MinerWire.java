package org.pocx.aggregator.simulator.farm;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.pocx.aggregator.core.mining.InvalidFieldException;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.protocol.jsonrpc.MiningCodec;
import org.pocx.aggregator.protocol.jsonrpc.RawJson;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;
import org.pocx.aggregator.protocol.jsonrpc.RpcRequests;
import org.pocx.aggregator.protocol.jsonrpc.RpcResponse;
import org.pocx.aggregator.protocol.jsonrpc.RpcResponses;
import org.pocx.aggregator.simulator.http.HttpMessage;
import org.pocx.aggregator.simulator.http.KeepAliveClient;

/**
 * How the stock miner speaks: the two methods, its user agent, UUIDs as ids, and one more try with fresh credentials after
 * a 401.
 *
 * <p>Thread-safe.
 */
final class MinerWire implements AutoCloseable {
    private static final String USER_AGENT = "PoCX-Miner/1.0.0";

    private final KeepAliveClient client;
    private final Supplier<String> credentials;
    private final long machine;
    private final AtomicLong requests = new AtomicLong();
    private volatile String authorization;

    MinerWire(InetAddress machine, URI target, FarmSettings settings) {
        this.client = new KeepAliveClient(machine, target, settings.answerTimeout(), USER_AGENT);
        this.credentials = settings.authorization();
        this.machine = Integer.toUnsignedLong(machine.hashCode());
        this.authorization = credentials.get();
    }

    /** The round being mined; empty when there was no good answer. */
    Optional<MiningInfo> miningInfo() {
        try {
            HttpMessage answer = post(RpcRequests.getMiningInfo(nextId()));
            return isOk(answer) && RpcResponses.parse(answer.body()) instanceof RpcResponse.Result result
                    ? Optional.of(MiningCodec.decodeMiningInfo(result.result()))
                    : Optional.empty();
        } catch (IOException | InvalidFieldException e) {
            return Optional.empty();
        }
    }

    SubmitAnswer submit(NonceSubmission submission) {
        try {
            HttpMessage answer = post(RpcRequests.submitNonce(nextId(), submission));
            return isOk(answer)
                    ? read(RpcResponses.parse(answer.body()), submission)
                    : new SubmitAnswer.Refused("HTTP " + answer.word(1));
        } catch (IOException e) {
            return new SubmitAnswer.NoAnswer(String.valueOf(e.getMessage()));
        }
    }

    private static SubmitAnswer read(RpcResponse answer, NonceSubmission submission) {
        return switch (answer) {
            case RpcResponse.Result result -> receipt(result.result(), submission);
            case RpcResponse.Failure failure ->
                new SubmitAnswer.Refused(
                        failure.error().code() + " " + failure.error().message());
            case RpcResponse.Invalid invalid -> new SubmitAnswer.Refused(invalid.why());
        };
    }

    /** The stock miner drops a nonce whose receipt has no poc_time. */
    private static SubmitAnswer receipt(RawJson result, NonceSubmission submission) {
        try {
            return result.member("poc_time").isPresent()
                    ? new SubmitAnswer.Taken(MiningCodec.decodeReceipt(result, submission.rawQuality()))
                    : new SubmitAnswer.Refused("a result without poc_time");
        } catch (InvalidFieldException e) {
            return new SubmitAnswer.Refused(String.valueOf(e.getMessage()));
        }
    }

    private HttpMessage post(byte[] body) throws IOException {
        HttpMessage answer = client.post(headers(), body);
        if (!answer.word(1).equals("401")) {
            return answer;
        }
        authorization = credentials.get();
        return client.post(headers(), body);
    }

    private Map<String, String> headers() {
        String value = authorization;
        return value.isEmpty() ? Map.of() : Map.of("authorization", value);
    }

    private static boolean isOk(HttpMessage answer) {
        return answer.word(1).startsWith("2");
    }

    private RpcId nextId() {
        return RpcId.of(new UUID(machine, requests.incrementAndGet()).toString());
    }

    @Override
    public void close() {
        client.close();
    }
}
