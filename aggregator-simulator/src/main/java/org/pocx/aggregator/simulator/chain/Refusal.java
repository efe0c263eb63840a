package org.pocx.aggregator.simulator.chain;

/** Why the chain does not take a nonce, in the order in which a node looks. */
public enum Refusal {
    /** The operator has not unlocked the wallet. */
    WALLET_LOCKED,
    /** A member of the submission has not the protocol's form. */
    MALFORMED,
    /** The nonce is for another height. */
    HEIGHT,
    /** The nonce is for another block of the same height. */
    BLOCK_HASH,
    /** The nonce names another entropy than its round has. */
    GENERATION_SIGNATURE,
    /** The nonce names another difficulty than its round has. */
    BASE_TARGET,
    /** The plot's compression level is not allowed. */
    COMPRESSION,
    /** No nonce of this account can be accepted: no private key, or not assigned to this pool. */
    ACCOUNT,
    /** The nonce has not the quality that was claimed. */
    VALIDATION;

    /** {@return whether the nonce may have been good in another round: it came too late, or too early} */
    public boolean isStale() {
        return switch (this) {
            case HEIGHT, BLOCK_HASH, GENERATION_SIGNATURE, BASE_TARGET -> true;
            case WALLET_LOCKED, MALFORMED, COMPRESSION, ACCOUNT, VALIDATION -> false;
        };
    }
}
