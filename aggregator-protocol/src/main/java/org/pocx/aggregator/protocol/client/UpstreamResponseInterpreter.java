package org.pocx.aggregator.protocol.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.pocx.aggregator.core.mining.InvalidFieldException;
import org.pocx.aggregator.core.upstream.MiningInfoOutcome;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.SubmitOutcome.Accepted;
import org.pocx.aggregator.core.upstream.SubmitOutcome.Held;
import org.pocx.aggregator.core.upstream.UpstreamMessage;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;
import org.pocx.aggregator.protocol.jsonrpc.MiningCodec;
import org.pocx.aggregator.protocol.jsonrpc.RawJson;
import org.pocx.aggregator.protocol.jsonrpc.RpcCodes;
import org.pocx.aggregator.protocol.jsonrpc.RpcError;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;
import org.pocx.aggregator.protocol.jsonrpc.RpcResponse;
import org.pocx.aggregator.protocol.jsonrpc.RpcResponses;
import org.pocx.aggregator.protocol.jsonrpc.SubmissionResult;

/**
 * Maps the HTTP response of a node, a pool or another aggregator to an outcome. Pure, except for the clock that dates in
 * Retry-After are compared with.
 *
 * <p>The body takes precedence over the status, because nodes send errors with status 200, 404 or 500. There are two
 * exceptions: 401 and 403 always mean that the credentials are not accepted, and 429 and 503 mean that the upstream is
 * busy unless the body contains a verdict.
 */
final class UpstreamResponseInterpreter {
    private final String where;
    private final boolean receipts;
    private final InstantSource clock;
    private final RpcErrorClassifier errors;

    /** @param where the upstream's URL, for messages */
    UpstreamResponseInterpreter(String where, UpstreamKind kind, InstantSource clock) {
        this.where = where;
        this.receipts = kind == UpstreamKind.RECEIPTS;
        this.clock = clock;
        this.errors = new RpcErrorClassifier(where);
    }

    /**
     * Returns the outcome of a {@code submit_nonce} request.
     *
     * @param claim u64, the raw_quality to assume when the response has none
     */
    SubmitOutcome submission(UpstreamResponse response, RpcId id, long claim) {
        SubmitOutcome outcome =
                switch (payload(response, id)) {
                    case Payload.Result(RawJson result) -> submissionResult(result, claim);
                    case Payload.Failure(RpcError error) ->
                        response.waited() && error.code() == RpcCodes.RATE_LIMITED
                                ? new Held(UpstreamMessage.of(MessageSanitizer.sanitize(error.message())))
                                : errors.submission(error);
                    case Payload.Missing(UpstreamTrouble trouble) -> trouble;
                };
        return outcome instanceof UpstreamTrouble trouble ? busyIfOverloaded(response, trouble) : outcome;
    }

    /** Returns the outcome of a {@code get_mining_info} request. */
    MiningInfoOutcome miningInfo(UpstreamResponse response, RpcId id) {
        MiningInfoOutcome outcome =
                switch (payload(response, id)) {
                    case Payload.Result(RawJson result) -> miningInfoResult(result);
                    case Payload.Failure(RpcError error) -> errors.miningInfo(error);
                    case Payload.Missing(UpstreamTrouble trouble) -> trouble;
                };
        return outcome instanceof UpstreamTrouble trouble ? busyIfOverloaded(response, trouble) : outcome;
    }

    /** The JSON-RPC part of a response. */
    private sealed interface Payload {
        record Result(RawJson result) implements Payload {}

        record Failure(RpcError error) implements Payload {}

        /** The response has no result or error for this request. */
        record Missing(UpstreamTrouble trouble) implements Payload {}
    }

    private Payload payload(UpstreamResponse response, RpcId id) {
        if (response.status() == 401 || response.status() == 403) {
            return new Payload.Missing(UpstreamTrouble.unauthorized(where + ": HTTP " + response.status()
                    + ", our credentials are not accepted; check the upstream's auth"));
        }
        return switch (RpcResponses.parse(response.body())) {
            case RpcResponse.Result result when result.id().equals(id) -> new Payload.Result(result.result());
            // The id is null when the upstream could not read the request, or failed before it did.
            case RpcResponse.Failure failure when failure.id().equals(id) || failure.id().equals(RpcId.NULL) ->
                new Payload.Failure(failure.error());
            case RpcResponse.Result result -> new Payload.Missing(wrongId());
            case RpcResponse.Failure failure -> new Payload.Missing(wrongId());
            case RpcResponse.Invalid invalid -> new Payload.Missing(noJsonRpc(response, invalid));
        };
    }

    private SubmitOutcome submissionResult(RawJson result, long claim) {
        try {
            return switch (MiningCodec.decodeSubmissionResult(result)) {
                case SubmissionResult.AcceptedWithQuality(long rawQuality) -> new Accepted(rawQuality, receipts);
                case SubmissionResult.Accepted accepted -> new Accepted(claim, receipts);
                case SubmissionResult.Filtered filtered -> new SubmitOutcome.Filtered();
                case SubmissionResult.Rejected(String error) ->
                    RpcErrorClassifier.rejectionWithoutCode(MessageSanitizer.sanitize(error));
                case SubmissionResult.NoVerdict none ->
                    unreachable("the result of submit_nonce has no verdict: neither raw_quality nor accepted");
            };
        } catch (InvalidFieldException fault) {
            return unreachable("invalid result of submit_nonce: " + MessageSanitizer.sanitize(fault));
        }
    }

    private MiningInfoOutcome miningInfoResult(RawJson result) {
        try {
            return new MiningInfoOutcome.Fetched(MiningCodec.decodeMiningInfo(result));
        } catch (InvalidFieldException fault) {
            return unreachable("invalid mining info: " + MessageSanitizer.sanitize(fault));
        }
    }

    private UpstreamTrouble busyIfOverloaded(UpstreamResponse response, UpstreamTrouble trouble) {
        if (response.status() != 429 && response.status() != 503) {
            return trouble;
        }
        Optional<Duration> inHeader =
                response.retryAfter().flatMap(value -> RetryAfter.ofHeader(value, clock.instant()));
        UpstreamTrouble busy = UpstreamTrouble.upstreamBusy(trouble.message().text());
        return inHeader.or(trouble::retryAfter).map(busy::withRetryAfter).orElse(busy);
    }

    private UpstreamTrouble wrongId() {
        return unreachable("the response is for another request (wrong id)");
    }

    private UpstreamTrouble noJsonRpc(UpstreamResponse response, RpcResponse.Invalid invalid) {
        String http = "HTTP " + response.status();
        return switch (response.status()) {
            case 301, 302, 303, 307, 308 ->
                unreachable(http + " redirects to " + withoutSecrets(response.location().orElse("an unknown location"))
                        + ", which is not followed; if that is your upstream, set upstream.url to it");
            case 404, 405 -> unreachable(http + ", no JSON-RPC there; check the path of the upstream's URL");
            case 429, 503 -> unreachable(http + plainText(response.body()));
            default ->
                unreachable(http + " with " + description(response, invalid) + " instead of a JSON-RPC response");
        };
    }

    /** A compressed body is never decompressed: none was requested, and a small body may expand to gigabytes. */
    private static String description(UpstreamResponse response, RpcResponse.Invalid invalid) {
        String encoding = MessageSanitizer.sanitize(response.encoding().orElse("identity"));
        if (!encoding.equalsIgnoreCase("identity")) {
            return "a compressed body (Content-Encoding: " + encoding + "), which was not requested,";
        }
        return isHtml(response.body()) ? "an HTML page" : invalid.why();
    }

    /** Removes query and user: a location often repeats the query of our URL, which may contain a token. */
    private static String withoutSecrets(String location) {
        return MessageSanitizer.sanitize(
                location.replaceFirst("(?s)[?#].*", "").replaceFirst("//[^/]*@", "//"));
    }

    private static String plainText(byte[] body) {
        String text = MessageSanitizer.sanitize(
                new String(body, 0, Math.min(body.length, MessageSanitizer.MAX_CHARS), UTF_8));
        return text.isEmpty() || isHtml(body) ? "" : ", " + text;
    }

    private static boolean isHtml(byte[] body) {
        return body.length > 0 && body[0] == '<';
    }

    private UpstreamTrouble unreachable(String cause) {
        return UpstreamTrouble.unreachable(where + ": " + cause);
    }
}
