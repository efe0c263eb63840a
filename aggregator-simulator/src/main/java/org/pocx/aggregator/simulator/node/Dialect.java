package org.pocx.aggregator.simulator.node;

import java.util.Optional;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.protocol.jsonrpc.JsonObjectWriter;
import org.pocx.aggregator.protocol.jsonrpc.RpcCodes;
import org.pocx.aggregator.protocol.jsonrpc.RpcError;
import org.pocx.aggregator.simulator.chain.Judgement;
import org.pocx.aggregator.simulator.chain.Refusal;

/** Whose error codes a {@link ChainServer} speaks. */
public enum Dialect {
    /** A Bitcoin-PoCX node: -8, -26, -5, -13 and a node's words. */
    NODE,
    /** A pool or another aggregator: -32001 to -32007. */
    POOL,
    /** The test chain of the field: as a pool, but all that is stale is -32001 with a reason. */
    TEST_CHAIN;

    private static final int WALLET_LOCKED = -13;
    private static final int INVALID_PARAMETER = -8;
    private static final int NO_KEY = -5;
    private static final int VERIFY_REJECTED = -26;

    RpcError error(Judgement.Refused refused, NonceSubmission nonce) {
        return switch (this) {
            case NODE -> nodeError(refused);
            case POOL -> poolError(refused, nonce);
            case TEST_CHAIN -> refused.why().isStale() ? invalid(staleReason(refused)) : poolError(refused, nonce);
        };
    }

    /** The error for a submission whose form is broken. */
    RpcError malformed(Judgement.Refused refused) {
        return switch (this) {
            case NODE -> nodeError(refused);
            case POOL, TEST_CHAIN ->
                refused.why() == Refusal.MALFORMED
                        ? new RpcError(RpcCodes.INVALID_PARAMS, "Invalid params: " + refused.message())
                        : new RpcError(RpcCodes.INTERNAL_ERROR, refused.message());
        };
    }

    private static RpcError nodeError(Judgement.Refused refused) {
        int code =
                switch (refused.why()) {
                    case WALLET_LOCKED -> WALLET_LOCKED;
                    case MALFORMED, HEIGHT, COMPRESSION -> INVALID_PARAMETER;
                    case BLOCK_HASH, GENERATION_SIGNATURE, BASE_TARGET, VALIDATION -> VERIFY_REJECTED;
                    case ACCOUNT -> NO_KEY;
                };
        return new RpcError(code, refused.message());
    }

    private static RpcError poolError(Judgement.Refused refused, NonceSubmission nonce) {
        return switch (refused.why()) {
            case WALLET_LOCKED -> new RpcError(RpcCodes.INTERNAL_ERROR, refused.message());
            case MALFORMED, COMPRESSION, VALIDATION -> invalid(refused.message());
            case HEIGHT -> wrongHeight(refused, nonce);
            case BLOCK_HASH -> new RpcError(RpcCodes.STALE_SUBMISSION, "Stale submission");
            case GENERATION_SIGNATURE, BASE_TARGET -> invalid(staleReason(refused));
            case ACCOUNT -> new RpcError(RpcCodes.ACCOUNT_NOT_ASSIGNED, "Account not assigned to this pool");
        };
    }

    private static String staleReason(Judgement.Refused refused) {
        return switch (refused.why()) {
            case BLOCK_HASH -> "unexpected block hash, stale submission?";
            case HEIGHT, GENERATION_SIGNATURE, BASE_TARGET -> refused.message() + ", stale submission?";
            case WALLET_LOCKED, MALFORMED, COMPRESSION, ACCOUNT, VALIDATION -> refused.message();
        };
    }

    private static RpcError invalid(String reason) {
        return new RpcError(
                RpcCodes.INVALID_SUBMISSION,
                "Invalid submission",
                Optional.of(new JsonObjectWriter().string("reason", reason).end()));
    }

    private static RpcError wrongHeight(Judgement.Refused refused, NonceSubmission nonce) {
        return new RpcError(
                RpcCodes.WRONG_HEIGHT,
                "Wrong height",
                Optional.of(new JsonObjectWriter()
                        .u64("expected", refused.expectedHeight())
                        .u64("submitted", nonce.height())
                        .end()));
    }
}
