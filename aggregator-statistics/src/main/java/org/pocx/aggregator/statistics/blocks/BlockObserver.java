package org.pocx.aggregator.statistics.blocks;

import org.pocx.aggregator.statistics.history.ProbableLoss;
import org.pocx.aggregator.statistics.history.WonBlock;

/** Receives what {@link BlockTracker} finds. Called without its locks, one at a time; must not block. */
public interface BlockObserver {

    /**
     * An account of the farm won a block. Called once for each block.
     *
     * @param block the block
     */
    void won(WonBlock block);

    /**
     * A fork took a won block back, or gave it back.
     *
     * @param block its state now
     */
    void forked(WonBlock block);

    /**
     * The farm should have won a block and did not.
     *
     * @param loss the nonce that should have won it
     */
    void lost(ProbableLoss loss);

    /**
     * Blocks were counted, whoever won them.
     *
     * @param expectedWins what the farm was expected to win of those that were seen
     * @param unseen how many of them were not seen
     */
    void counted(double expectedWins, long unseen);
}
