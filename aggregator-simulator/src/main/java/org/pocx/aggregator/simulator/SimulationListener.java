package org.pocx.aggregator.simulator;

import java.net.URI;
import org.pocx.aggregator.simulator.chain.ForgedBlock;
import org.pocx.aggregator.simulator.chain.LedgerEntry;

/**
 * Hears of what is worth seeing in a simulation. Calls come from several threads, and may come at once; they must be
 * quick.
 */
public interface SimulationListener {

    /**
     * A round has ended with a block: by whom, and with which quality, is in its winner.
     *
     * @param block the new block
     */
    default void forged(ForgedBlock block) {}

    /**
     * The chain took a nonce.
     *
     * @param entry with the chain's own figures
     */
    default void accepted(LedgerEntry entry) {}

    /**
     * The chain refused a nonce, such as one from a rotten plot.
     *
     * @param entry with the reason
     */
    default void refused(LedgerEntry entry) {}

    /**
     * The node goes down for a restart.
     *
     * @param node where it was served
     */
    default void nodeDown(URI node) {}

    /**
     * The node is up again, though it loads its blocks for a moment.
     *
     * @param node where it is served, as before
     */
    default void nodeUp(URI node) {}
}
