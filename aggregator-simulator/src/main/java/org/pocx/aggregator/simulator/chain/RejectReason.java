package org.pocx.aggregator.simulator.chain;

/** Why the chain does not accept a nonce, in the order in which a node checks. */
public enum RejectReason {
    /** The wallet is locked. */
    WALLET_LOCKED,
    /** The submission is malformed. */
    MALFORMED,
    /** The height differs from the current round's. */
    HEIGHT,
    /** The block hash differs from the current round's. */
    BLOCK_HASH,
    /** The generation signature differs from the current round's. */
    GENERATION_SIGNATURE,
    /** The base target differs from the current round's. */
    BASE_TARGET,
    /** The plot's compression level is not allowed. */
    COMPRESSION,
    /** The account is not accepted: the node has no private key, or the account is not assigned to the pool. */
    ACCOUNT,
    /** The quality is worse than claimed. */
    QUALITY;

    /** {@return whether the nonce is for a different round} */
    public boolean isStale() {
        return switch (this) {
            case HEIGHT, BLOCK_HASH, GENERATION_SIGNATURE, BASE_TARGET -> true;
            case WALLET_LOCKED, MALFORMED, COMPRESSION, ACCOUNT, QUALITY -> false;
        };
    }
}
