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
import org.pocx.aggregator.core.mining.PocTime;
import org.pocx.aggregator.core.mining.SubmissionReceipt;
import org.pocx.aggregator.protocol.jsonrpc.MiningCodec;
import org.pocx.aggregator.protocol.jsonrpc.RawJson;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;
import org.pocx.aggregator.protocol.jsonrpc.RpcRequests;
import org.pocx.aggregator.protocol.jsonrpc.RpcResponse;
import org.pocx.aggregator.protocol.jsonrpc.RpcResponses;
import org.pocx.aggregator.simulator.http.HttpMessage;
import org.pocx.aggregator.simulator.http.KeepAliveClient;

/**
 * The JSON-RPC client of the stock miner, with its user agent and UUIDs as ids. After a 401 it tries once more with new
 * credentials.
 *
 * <p>Thread-safe.
 */
final class MinerClient implements AutoCloseable {
    private static final String USER_AGENT = "PoCX-Miner/1.0.0";

    private final KeepAliveClient client;
    private final Supplier<String> credentials;
    private final PocTime pocTime;
    private final long machine;
    private final AtomicLong requests = new AtomicLong();
    private volatile String authorization;

    MinerClient(InetAddress machine, URI target, FarmSettings settings) {
        this.client = new KeepAliveClient(machine, target, settings.answerTimeout(), USER_AGENT);
        this.credentials = settings.authorization();
        this.pocTime = PocTime.forBlockTime(settings.blockTimeSeconds());
        this.machine = Integer.toUnsignedLong(machine.hashCode());
        this.authorization = credentials.get();
    }

    /** Requests the current round; empty when that fails. */
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

    /** Sends a nonce once. */
    SendResult submit(NonceSubmission submission) {
        try {
            HttpMessage answer = post(RpcRequests.submitNonce(nextId(), submission));
            return isOk(answer)
                    ? result(RpcResponses.parse(answer.body()), submission)
                    : new SendResult.Rejected("HTTP " + answer.word(1));
        } catch (IOException e) {
            return new SendResult.Lost(String.valueOf(e.getMessage()));
        }
    }

    private SendResult result(RpcResponse answer, NonceSubmission submission) {
        return switch (answer) {
            case RpcResponse.Result result -> receipt(result.result(), submission);
            case RpcResponse.Failure failure ->
                new SendResult.Rejected(
                        failure.error().code() + " " + failure.error().message());
            case RpcResponse.Invalid invalid -> new SendResult.Rejected(invalid.why());
        };
    }

    /** The stock miner treats a receipt without a poc_time as an error. */
    private SendResult receipt(RawJson result, NonceSubmission submission) {
        try {
            if (result.member("poc_time").isEmpty()) {
                return new SendResult.Rejected("the result has no poc_time");
            }
            SubmissionReceipt receipt = MiningCodec.decodeReceipt(result, submission.rawQuality());
            long expected = pocTime.seconds(submission.rawQuality(), submission.baseTarget());
            return new SendResult.Receipt(receipt.equals(new SubmissionReceipt(submission.rawQuality(), expected)));
        } catch (InvalidFieldException e) {
            return new SendResult.Rejected(String.valueOf(e.getMessage()));
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
