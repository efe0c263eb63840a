package org.pocx.aggregator.simulator.node;

import java.util.Optional;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.protocol.jsonrpc.JsonObjectWriter;
import org.pocx.aggregator.protocol.jsonrpc.RpcCodes;
import org.pocx.aggregator.protocol.jsonrpc.RpcError;
import org.pocx.aggregator.simulator.chain.RejectReason;
import org.pocx.aggregator.simulator.chain.ValidationResult;

/** The kind of server that a {@link ChainServer} simulates. It decides on the error codes. */
public enum Dialect {
    /** A Bitcoin-PoCX node: -8, -26, -5, -13 with a node's messages. */
    NODE,
    /** A pool or another aggregator: -32001 to -32007. */
    POOL;

    private static final int WALLET_LOCKED = -13;
    private static final int INVALID_PARAMETER = -8;
    private static final int NO_KEY = -5;
    private static final int VERIFY_REJECTED = -26;

    RpcError error(ValidationResult.Rejected rejected, NonceSubmission nonce) {
        return switch (this) {
            case NODE -> nodeError(rejected);
            case POOL -> poolError(rejected, nonce);
        };
    }

    /** The error for a malformed submission. */
    RpcError malformed(ValidationResult.Rejected rejected) {
        return switch (this) {
            case NODE -> nodeError(rejected);
            case POOL ->
                rejected.reason() == RejectReason.MALFORMED
                        ? new RpcError(RpcCodes.INVALID_PARAMS, "Invalid params: " + rejected.message())
                        : new RpcError(RpcCodes.INTERNAL_ERROR, rejected.message());
        };
    }

    private static RpcError nodeError(ValidationResult.Rejected rejected) {
        int code =
                switch (rejected.reason()) {
                    case WALLET_LOCKED -> WALLET_LOCKED;
                    case MALFORMED, HEIGHT, COMPRESSION -> INVALID_PARAMETER;
                    case BLOCK_HASH, GENERATION_SIGNATURE, BASE_TARGET, QUALITY -> VERIFY_REJECTED;
                    case ACCOUNT -> NO_KEY;
                };
        return new RpcError(code, rejected.message());
    }

    private static RpcError poolError(ValidationResult.Rejected rejected, NonceSubmission nonce) {
        return switch (rejected.reason()) {
            case WALLET_LOCKED -> new RpcError(RpcCodes.INTERNAL_ERROR, rejected.message());
            case MALFORMED, COMPRESSION, QUALITY -> invalid(rejected.message());
            case HEIGHT -> wrongHeight(rejected, nonce);
            case BLOCK_HASH -> new RpcError(RpcCodes.STALE_SUBMISSION, "Stale submission");
            case GENERATION_SIGNATURE, BASE_TARGET -> invalid(rejected.message() + ", stale submission?");
            case ACCOUNT -> new RpcError(RpcCodes.ACCOUNT_NOT_ASSIGNED, "Account not assigned to this pool");
        };
    }

    private static RpcError invalid(String reason) {
        return new RpcError(
                RpcCodes.INVALID_SUBMISSION,
                "Invalid submission",
                Optional.of(new JsonObjectWriter().string("reason", reason).end()));
    }

    private static RpcError wrongHeight(ValidationResult.Rejected rejected, NonceSubmission nonce) {
        return new RpcError(
                RpcCodes.WRONG_HEIGHT,
                "Wrong height",
                Optional.of(new JsonObjectWriter()
                        .u64("expected", rejected.expectedHeight())
                        .u64("submitted", nonce.height())
                        .end()));
    }
}
