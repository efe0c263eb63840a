package org.pocx.aggregator.protocol.server;

import java.util.Optional;
import org.pocx.aggregator.core.mining.MiningInfoUnavailable;
import org.pocx.aggregator.core.mining.SubmissionRefusal;
import org.pocx.aggregator.protocol.jsonrpc.JsonObjectWriter;
import org.pocx.aggregator.protocol.jsonrpc.RpcCodes;
import org.pocx.aggregator.protocol.jsonrpc.RpcError;

/** Maps the refusals of the core to JSON-RPC errors. */
final class RpcErrorMapping {
    private RpcErrorMapping() {}

    static RpcError of(MiningInfoUnavailable none) {
        return new RpcError(RpcCodes.SERVER_ERROR, none.reason());
    }

    static RpcError of(SubmissionRefusal refusal) {
        return switch (refusal) {
            case SubmissionRefusal.UnknownRound unknown -> new RpcError(RpcCodes.STALE_SUBMISSION, unknown.message());
            case SubmissionRefusal.WrongHeight wrong -> wrongHeight(wrong);
            case SubmissionRefusal.Mismatch mismatch -> mismatch(mismatch);
        };
    }

    private static RpcError wrongHeight(SubmissionRefusal.WrongHeight wrong) {
        JsonObjectWriter data =
                new JsonObjectWriter().u64("expected", wrong.expected()).u64("submitted", wrong.submitted());
        return new RpcError(RpcCodes.WRONG_HEIGHT, wrong.message(), Optional.of(data.end()));
    }

    /**
     * The reason contains "stale", so that another aggregator that forwards to this one treats the nonce as stale and
     * not as rejected.
     */
    private static RpcError mismatch(SubmissionRefusal.Mismatch mismatch) {
        JsonObjectWriter data = new JsonObjectWriter()
                .string("field", mismatch.field())
                .string("reason", "unexpected " + mismatch.field() + " for this block hash, stale submission?");
        return new RpcError(RpcCodes.INVALID_SUBMISSION, mismatch.message(), Optional.of(data.end()));
    }
}
