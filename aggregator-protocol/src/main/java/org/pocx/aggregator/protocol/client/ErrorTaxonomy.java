package org.pocx.aggregator.protocol.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.pocx.aggregator.core.mining.InvalidFieldException;
import org.pocx.aggregator.core.upstream.MiningInfoOutcome;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.SubmitOutcome.Accepted;
import org.pocx.aggregator.core.upstream.SubmitOutcome.Rejected;
import org.pocx.aggregator.core.upstream.SubmitOutcome.Stale;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;
import org.pocx.aggregator.core.upstream.UpstreamTrouble.AccountRefused;
import org.pocx.aggregator.core.upstream.UpstreamTrouble.Busy;
import org.pocx.aggregator.core.upstream.UpstreamTrouble.Misfit;
import org.pocx.aggregator.core.upstream.UpstreamTrouble.Unauthorized;
import org.pocx.aggregator.core.upstream.UpstreamTrouble.UnknownCode;
import org.pocx.aggregator.core.upstream.UpstreamTrouble.Unreachable;
import org.pocx.aggregator.core.upstream.UpstreamTrouble.WalletLocked;
import org.pocx.aggregator.protocol.jsonrpc.MiningCodec;
import org.pocx.aggregator.protocol.jsonrpc.RawJson;
import org.pocx.aggregator.protocol.jsonrpc.RpcAnswer;
import org.pocx.aggregator.protocol.jsonrpc.RpcAnswers;
import org.pocx.aggregator.protocol.jsonrpc.RpcError;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;
import org.pocx.aggregator.protocol.jsonrpc.SubmissionResult;

/**
 * What an HTTP answer of a node (Bitcoin Core's codes, small negative numbers), a pool or another aggregator (-320xx)
 * means for us. Pure but for the clock, which a Retry-After date is held against.
 *
 * <p>The body speaks first, whatever the status: nodes send errors with 200, 404 or 500. Only 401 and 403 outrank it,
 * and 429 and 503 where it holds no verdict.
 */
final class ErrorTaxonomy {
    private final String where;
    private final InstantSource clock;

    /** @param where the upstream's URL, for messages */
    ErrorTaxonomy(String where, InstantSource clock) {
        this.where = where;
        this.clock = clock;
    }

    /**
     * The meaning of an answer to {@code submit_nonce}.
     *
     * @param claim u64, stands for a raw_quality that the answer leaves out
     */
    SubmitOutcome submission(HttpAnswer answer, RpcId id, long claim) {
        if (isDenied(answer)) {
            return denied(answer);
        }
        SubmitOutcome outcome =
                switch (RpcAnswers.parse(answer.body())) {
                    case RpcAnswer.Result result when !result.id().equals(id) -> wrongId();
                    case RpcAnswer.Result result -> accepted(result.result(), claim);
                    case RpcAnswer.Failure failure when isForeign(failure, id) -> wrongId();
                    case RpcAnswer.Failure failure -> verdict(failure.error());
                    case RpcAnswer.Garbage garbage -> noAnswer(answer, garbage);
                };
        return outcome instanceof UpstreamTrouble trouble ? saturated(answer, trouble) : outcome;
    }

    /** The meaning of an answer to {@code get_mining_info}. */
    MiningInfoOutcome miningInfo(HttpAnswer answer, RpcId id) {
        if (isDenied(answer)) {
            return denied(answer);
        }
        MiningInfoOutcome outcome =
                switch (RpcAnswers.parse(answer.body())) {
                    case RpcAnswer.Result result when !result.id().equals(id) -> wrongId();
                    case RpcAnswer.Result result -> fetched(result.result());
                    case RpcAnswer.Failure failure when isForeign(failure, id) -> wrongId();
                    case RpcAnswer.Failure failure -> pollTrouble(failure.error());
                    case RpcAnswer.Garbage garbage -> noAnswer(answer, garbage);
                };
        return outcome instanceof UpstreamTrouble trouble ? saturated(answer, trouble) : outcome;
    }

    /** A limit of the rate of polls is not about one nonce. */
    private UpstreamTrouble pollTrouble(RpcError error) {
        return smallCode(error) == -32006
                ? new Busy(words(error), Busy.Scope.UPSTREAM, retryAfter(error))
                : trouble(error);
    }

    private SubmitOutcome accepted(RawJson result, long claim) {
        try {
            return switch (MiningCodec.decodeSubmissionResult(result)) {
                case SubmissionResult.Quality(long rawQuality) -> new Accepted(rawQuality);
                case SubmissionResult.Taken taken -> new Accepted(claim);
                case SubmissionResult.Refused(String error) -> refused(UpstreamText.clean(error));
                case SubmissionResult.NoVerdict none ->
                    unreachable("answered submit_nonce without a verdict: neither raw_quality nor accepted");
            };
        } catch (InvalidFieldException fault) {
            return unreachable("answered submit_nonce out of form: " + fault.getMessage());
        }
    }

    /** The older form of a rejection: within the result, without a code. */
    private static SubmitOutcome refused(String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        boolean stale = lower.contains("invalid height") || lower.contains("stale") || isRoundMismatch(lower);
        String message = words.isEmpty() ? "not accepted" : words;
        return stale ? new Stale(0, message) : badNonce(0, message);
    }

    private MiningInfoOutcome fetched(RawJson result) {
        try {
            return new MiningInfoOutcome.Fetched(MiningCodec.decodeMiningInfo(result));
        } catch (InvalidFieldException fault) {
            return unreachable(
                    "answered mining info out of form: " + UpstreamText.clean(String.valueOf(fault.getMessage())));
        }
    }

    private SubmitOutcome verdict(RpcError error) {
        long code = error.code();
        String words = words(error);
        String lower = words.toLowerCase(Locale.ROOT);
        return switch (smallCode(error)) {
            case -8 -> invalidParameter(code, words, lower);
            case -26 -> isRoundMismatch(lower) ? new Stale(code, words) : badNonce(code, words);
            case -32001 -> speaksOfStale(lower) ? new Stale(code, words) : badNonce(code, words);
            case -32002, -32003 -> new Stale(code, words);
            case -5 -> isAboutOutputs(lower) ? badRequest(code, words) : new AccountRefused(code, words);
            case -32007 -> new AccountRefused(code, words);
            case -3 -> isAboutOutputs(lower) ? badRequest(code, words) : new Misfit(code, words);
            case -1, -32601 -> new Misfit(code, words);
            default -> trouble(error);
        };
    }

    /** A node of another version does not know the names of our parameters, or finds one of them twice. */
    private static SubmitOutcome invalidParameter(long code, String words, String lower) {
        if (lower.contains("unknown named parameter") || lower.contains("specified multiple times")) {
            return new Misfit(code, words);
        }
        return lower.contains("invalid height") ? new Stale(code, words) : badNonce(code, words);
    }

    private static boolean isAboutOutputs(String lower) {
        return lower.contains("coinbase_outputs");
    }

    private UpstreamTrouble trouble(RpcError error) {
        String words = words(error);
        return switch (smallCode(error)) {
            case -13 -> new WalletLocked(words);
            case -10, -28, -32603, -32000, -32006 -> new Busy(words, Busy.Scope.LANE, retryAfter(error));
            case -32004, -32005 -> new Unauthorized(where + ": " + words);
            default -> new UnknownCode(error.code(), words);
        };
    }

    /** The code as an int; 0, which means nothing, for one that is none. */
    private static int smallCode(RpcError error) {
        int small = (int) error.code();
        return small == error.code() ? small : 0;
    }

    private static SubmitOutcome badNonce(long code, String words) {
        return new Rejected(code, words, Rejected.Fault.PROOF);
    }

    private static SubmitOutcome badRequest(long code, String words) {
        return new Rejected(code, words, Rejected.Fault.REQUEST);
    }

    /** A failed validation of the nonce may name such a mismatch too, as its detail. */
    private static boolean isRoundMismatch(String lower) {
        return !lower.startsWith("pocx validation")
                && (lower.contains("block hash mismatch")
                        || lower.contains("generation signature mismatch")
                        || lower.contains("base target mismatch"));
    }

    private static boolean speaksOfStale(String lower) {
        return lower.contains("stale") || lower.contains("block hash") || lower.contains("fork");
    }

    /** The message, and what {@code data.reason} adds to it. */
    private static String words(RpcError error) {
        Optional<String> reason = error.data().flatMap(data -> data.member("reason")).map(RawJson::asText);
        String message = error.message().isEmpty() ? "error " + error.code() : error.message();
        return UpstreamText.clean(reason.map(why -> message + ": " + why).orElse(message));
    }

    private static Optional<Duration> retryAfter(RpcError error) {
        return error.data()
                .flatMap(data -> data.member("retry_after"))
                .map(RawJson::asText)
                .flatMap(RetryAfter::seconds);
    }

    private static boolean isDenied(HttpAnswer answer) {
        return answer.status() == 401 || answer.status() == 403;
    }

    private Unauthorized denied(HttpAnswer answer) {
        return new Unauthorized(
                where + ": HTTP " + answer.status() + ", our credentials are not accepted; check the upstream's auth");
    }

    /** An error whose id is null answers a request that the upstream could not read, or is from before it did. */
    private static boolean isForeign(RpcAnswer.Failure failure, RpcId id) {
        return !failure.id().equals(id) && !failure.id().equals(RpcId.NULL);
    }

    private Unreachable wrongId() {
        return unreachable("answered another request than ours (wrong id)");
    }

    private UpstreamTrouble saturated(HttpAnswer answer, UpstreamTrouble trouble) {
        if (answer.status() != 429 && answer.status() != 503) {
            return trouble;
        }
        Optional<Duration> inBody = trouble instanceof Busy busy ? busy.retryAfter() : Optional.empty();
        Optional<Duration> inHead =
                answer.retryAfter().flatMap(value -> RetryAfter.ofHeader(value, clock.instant()));
        return new Busy(trouble.message(), Busy.Scope.UPSTREAM, inHead.or(() -> inBody));
    }

    private Unreachable noAnswer(HttpAnswer answer, RpcAnswer.Garbage garbage) {
        String http = "HTTP " + answer.status();
        return switch (answer.status()) {
            case 301, 302, 303, 307, 308 ->
                unreachable(http + " redirects to " + withoutQuery(answer.location().orElse("nowhere"))
                        + ", which is not followed; if that is your upstream, set upstream.url to it");
            case 404, 405 -> unreachable(http + ", no JSON-RPC there; check the path of the upstream's URL");
            case 429, 503 -> unreachable(http + plainText(answer.body()));
            default -> unreachable(http + " with " + content(answer, garbage) + " in place of a JSON-RPC answer");
        };
    }

    /** Nothing is ever unpacked: we ask for no encoding, and a small body may hold gigabytes. */
    private static String content(HttpAnswer answer, RpcAnswer.Garbage garbage) {
        String encoding = UpstreamText.clean(answer.encoding().orElse("identity"));
        if (!encoding.equalsIgnoreCase("identity")) {
            return "a compressed body (Content-Encoding: " + encoding + "), which was not asked for,";
        }
        return isHtml(answer.body()) ? "an HTML page" : garbage.why();
    }

    /** A location often repeats the query of our URL, which may hold a token. */
    private static String withoutQuery(String location) {
        return UpstreamText.clean(location.replaceFirst("(?s)[?#].*", "").replaceFirst("//[^/]*@", "//"));
    }

    private static String plainText(byte[] body) {
        String text = UpstreamText.clean(new String(body, 0, Math.min(body.length, UpstreamText.MAX_CHARS), UTF_8));
        return text.isEmpty() || isHtml(body) ? "" : ", " + text;
    }

    private static boolean isHtml(byte[] body) {
        return body.length > 0 && body[0] == '<';
    }

    private Unreachable unreachable(String what) {
        return new Unreachable(where + ": " + what, false);
    }
}
