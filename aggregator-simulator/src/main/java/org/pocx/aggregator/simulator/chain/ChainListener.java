package org.pocx.aggregator.simulator.chain;

/**
 * Hears of what happens on the chain. Calls come from whatever thread made it happen, after the chain's lock is released,
 * possibly several at once; they must be quick.
 */
public interface ChainListener {

    /**
     * A nonce was judged.
     *
     * @param entry as it is in the ledger
     */
    default void judged(LedgerEntry entry) {}

    /**
     * The chain now mines on another tip: a new block, a fork, a restart, another base target.
     *
     * @param tip what is mined now
     */
    default void tipChanged(Tip tip) {}

    /**
     * A block was forged; {@link #tipChanged} has been called before.
     *
     * @param block with the nonce that won it, if one did
     */
    default void forged(ForgedBlock block) {}

    /**
     * A block could not be signed, as the wallet is locked. What should have won is forgotten, and the round goes on.
     *
     * @param tip what is mined still
     */
    default void signingFailed(Tip tip) {}
}
