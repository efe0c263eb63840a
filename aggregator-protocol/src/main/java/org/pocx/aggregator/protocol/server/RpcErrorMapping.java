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
        return switch (refusal.reason()) {
            case UNKNOWN_ROUND -> new RpcError(RpcCodes.STALE_SUBMISSION, refusal.message());
            case WRONG_HEIGHT -> wrongHeight(refusal);
            case WRONG_GENERATION_SIGNATURE, WRONG_BASE_TARGET -> mismatch(refusal);
        };
    }

    private static RpcError wrongHeight(SubmissionRefusal wrong) {
        JsonObjectWriter data =
                new JsonObjectWriter().u64("expected", wrong.expected()).u64("submitted", wrong.submitted());
        return new RpcError(RpcCodes.WRONG_HEIGHT, wrong.message(), Optional.of(data.end()));
    }

    /** The reason speaks of a stale block, so that another aggregator below this one takes it as stale, not as bad. */
    private static RpcError mismatch(SubmissionRefusal mismatch) {
        String field = mismatch.reason().field();
        JsonObjectWriter data = new JsonObjectWriter()
                .string("field", field)
                .string("reason", "unexpected " + field + " for this block hash, stale submission?");
        return new RpcError(RpcCodes.INVALID_SUBMISSION, mismatch.message(), Optional.of(data.end()));
    }
}
