package org.pocx.aggregator.protocol.server;

import org.pocx.aggregator.core.upstream.UpstreamMessage;
import org.pocx.aggregator.core.upstream.VerdictAnswer;
import org.pocx.aggregator.protocol.jsonrpc.ErrorReference;
import org.pocx.aggregator.protocol.jsonrpc.MiningCodec;
import org.pocx.aggregator.protocol.jsonrpc.RpcCodes;
import org.pocx.aggregator.protocol.jsonrpc.RpcError;
import org.pocx.aggregator.protocol.jsonrpc.RpcId;
import org.pocx.aggregator.protocol.jsonrpc.RpcResponses;

/** Responses to senders that wait for the verdict on a nonce. */
final class VerdictResponses {
    private VerdictResponses() {}

    static byte[] render(RpcId id, VerdictAnswer answer) {
        return switch (answer) {
            case VerdictAnswer.Confirmed confirmed ->
                RpcResponses.result(id, MiningCodec.encode(confirmed.receipt()));
            case VerdictAnswer.Filtered filtered ->
                RpcResponses.result(id, MiningCodec.encodeFiltered(filtered.receipt()));
            case VerdictAnswer.Rejected rejected ->
                error(id, rejected.message(), RpcCodes.INVALID_SUBMISSION, "Rejected");
            case VerdictAnswer.AccountRefused refused ->
                error(id, refused.message(), RpcCodes.ACCOUNT_NOT_ASSIGNED, "Account refused");
            case VerdictAnswer.Stale stale ->
                error(id, UpstreamMessage.NONE, RpcCodes.STALE_SUBMISSION, "Stale submission");
            case VerdictAnswer.Held held ->
                error(
                        id,
                        UpstreamMessage.NONE,
                        RpcCodes.RATE_LIMITED,
                        "Held: the upstream has not answered yet; the nonce is kept and forwarded");
        };
    }

    /**
     * An error with the upstream's own code and message, where it gave them.
     *
     * @param code where the upstream gave none
     * @param text where the upstream gave none
     */
    private static byte[] error(RpcId id, UpstreamMessage message, int code, String text) {
        return RpcResponses.error(
                id,
                new RpcError(
                        ErrorReference.code(message).orElse(code), message.text().isEmpty() ? text : message.text()));
    }
}
