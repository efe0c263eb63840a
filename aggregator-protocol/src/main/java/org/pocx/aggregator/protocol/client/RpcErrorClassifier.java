package org.pocx.aggregator.protocol.client;

import java.util.Locale;
import java.util.Optional;
import org.pocx.aggregator.core.upstream.SubmitOutcome;
import org.pocx.aggregator.core.upstream.SubmitOutcome.Rejected;
import org.pocx.aggregator.core.upstream.SubmitOutcome.Stale;
import org.pocx.aggregator.core.upstream.UpstreamMessage;
import org.pocx.aggregator.core.upstream.UpstreamTrouble;
import org.pocx.aggregator.protocol.jsonrpc.ErrorReference;
import org.pocx.aggregator.protocol.jsonrpc.RawJson;
import org.pocx.aggregator.protocol.jsonrpc.RpcCodes;
import org.pocx.aggregator.protocol.jsonrpc.RpcError;

/**
 * Maps the JSON-RPC errors of an upstream to outcomes: those of nodes (Bitcoin Core's codes, small negative numbers), and
 * those of pools and other aggregators (-320xx). Stateless.
 */
final class RpcErrorClassifier {
    // The codes of Bitcoin Core, with the names of its src/rpc/protocol.h.
    private static final int MISC_ERROR = -1;
    private static final int TYPE_ERROR = -3;
    private static final int INVALID_ADDRESS_OR_KEY = -5;
    private static final int INVALID_PARAMETER = -8;
    private static final int CLIENT_IN_INITIAL_DOWNLOAD = -10;
    private static final int WALLET_UNLOCK_NEEDED = -13;
    private static final int VERIFY_REJECTED = -26;
    private static final int IN_WARMUP = -28;

    private final String where;

    /** @param where the upstream's URL, for messages */
    RpcErrorClassifier(String where) {
        this.where = where;
    }

    /** Returns the outcome of a {@code submit_nonce} that was answered with this error. */
    SubmitOutcome submission(RpcError error) {
        String text = text(error);
        UpstreamMessage message = ErrorReference.message(error.code(), text);
        String lower = text.toLowerCase(Locale.ROOT);
        return switch (intCode(error)) {
            case INVALID_PARAMETER -> invalidParameter(message, lower);
            case VERIFY_REJECTED -> isRoundMismatch(lower) ? new Stale(message) : badProof(message);
            case RpcCodes.INVALID_SUBMISSION ->
                mentionsStale(lower) ? new Stale(message) : badProof(message);
            case RpcCodes.WRONG_HEIGHT, RpcCodes.STALE_SUBMISSION -> new Stale(message);
            case INVALID_ADDRESS_OR_KEY ->
                mentionsOutputs(lower) ? badRequest(message) : UpstreamTrouble.accountRefused(message);
            case RpcCodes.ACCOUNT_NOT_ASSIGNED -> UpstreamTrouble.accountRefused(message);
            case TYPE_ERROR -> mentionsOutputs(lower) ? badRequest(message) : UpstreamTrouble.misfit(message);
            case MISC_ERROR, RpcCodes.METHOD_NOT_FOUND -> UpstreamTrouble.misfit(message);
            default -> trouble(error);
        };
    }

    /** Returns the outcome of a {@code get_mining_info} that was answered with this error. */
    UpstreamTrouble miningInfo(RpcError error) {
        // For a poll, a rate limit applies to the whole upstream.
        return intCode(error) == RpcCodes.RATE_LIMITED
                ? withRetryAfter(UpstreamTrouble.upstreamBusy(text(error)), error)
                : trouble(error);
    }

    /**
     * Returns the outcome of a rejection in the older form: inside the result, and without a code.
     *
     * @param message the upstream's error message, sanitized; may be empty
     */
    static SubmitOutcome rejectionWithoutCode(String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        boolean stale = lower.contains("invalid height") || lower.contains("stale") || isRoundMismatch(lower);
        UpstreamMessage shown = UpstreamMessage.of(message.isEmpty() ? "not accepted" : message);
        return stale ? new Stale(shown) : badProof(shown);
    }

    /** A node of another version may not know our parameter names, or may map two of them to one parameter. */
    private static SubmitOutcome invalidParameter(UpstreamMessage message, String lower) {
        if (lower.contains("unknown named parameter") || lower.contains("specified multiple times")) {
            return UpstreamTrouble.misfit(message);
        }
        return lower.contains("invalid height") ? new Stale(message) : badProof(message);
    }

    private UpstreamTrouble trouble(RpcError error) {
        String text = text(error);
        return switch (intCode(error)) {
            case WALLET_UNLOCK_NEEDED -> UpstreamTrouble.walletLocked(text);
            case CLIENT_IN_INITIAL_DOWNLOAD,
                    IN_WARMUP,
                    RpcCodes.INTERNAL_ERROR,
                    RpcCodes.SERVER_ERROR,
                    RpcCodes.RATE_LIMITED ->
                withRetryAfter(UpstreamTrouble.busy(text), error);
            case RpcCodes.AUTHENTICATION_REQUIRED, RpcCodes.INVALID_AUTHENTICATION ->
                UpstreamTrouble.unauthorized(where + ": " + text);
            default -> UpstreamTrouble.unknownError(ErrorReference.message(error.code(), text));
        };
    }

    /** Returns the code as an int; 0, which no error uses, when it is outside the range of int. */
    private static int intCode(RpcError error) {
        int code = (int) error.code();
        return code == error.code() ? code : 0;
    }

    private static Rejected badProof(UpstreamMessage message) {
        return new Rejected(message, true);
    }

    private static Rejected badRequest(UpstreamMessage message) {
        return new Rejected(message, false);
    }

    /** A failed validation of the proof may mention such a mismatch in its detail; that is not a mismatch of the round. */
    private static boolean isRoundMismatch(String lower) {
        return !lower.startsWith("pocx validation")
                && (lower.contains("block hash mismatch")
                        || lower.contains("generation signature mismatch")
                        || lower.contains("base target mismatch"));
    }

    private static boolean mentionsStale(String lower) {
        return lower.contains("stale") || lower.contains("block hash") || lower.contains("fork");
    }

    private static boolean mentionsOutputs(String lower) {
        return lower.contains("coinbase_outputs");
    }

    /** Returns the error message, followed by {@code data.reason} if present. */
    private static String text(RpcError error) {
        Optional<String> reason = error.data().flatMap(data -> data.member("reason")).map(RawJson::asText);
        String message = error.message().isEmpty() ? "error " + error.code() : error.message();
        return MessageSanitizer.sanitize(reason.map(detail -> message + ": " + detail).orElse(message));
    }

    private static UpstreamTrouble withRetryAfter(UpstreamTrouble busy, RpcError error) {
        return error.data()
                .flatMap(data -> data.member("retry_after"))
                .map(RawJson::asText)
                .flatMap(RetryAfter::seconds)
                .map(busy::withRetryAfter)
                .orElse(busy);
    }
}
