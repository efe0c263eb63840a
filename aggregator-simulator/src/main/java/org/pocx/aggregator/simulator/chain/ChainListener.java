package org.pocx.aggregator.simulator.chain;

/**
 * Receives the events of a chain. The thread that caused an event makes the call, after it has released the chain's lock.
 * Several calls may run at the same time. They must return quickly.
 */
public interface ChainListener {

    /**
     * The chain has validated a nonce.
     *
     * @param nonce with the result, as it is in the log
     */
    default void validated(ValidatedNonce nonce) {}

    /**
     * The chain mines on a different tip: after a new block, a fork, or a change of block hash or base target.
     *
     * @param tip the current round
     */
    default void tipChanged(Tip tip) {}

    /**
     * A block was forged. Called after {@link #tipChanged}.
     *
     * @param block with the nonce that won it, if there is one
     */
    default void forged(ForgedBlock block) {}
}
