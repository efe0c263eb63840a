package org.pocx.aggregator.statistics.blocks;

import java.time.Instant;
import org.pocx.aggregator.statistics.history.ProbableLoss;
import org.pocx.aggregator.statistics.history.WonBlock;

/** What {@link BlockLedger} finds. */
sealed interface BlockOutcome {

    /** An account of the farm won a block. */
    record Won(WonBlock block) implements BlockOutcome {}

    /** A fork took a won block back, or gave it back: the block says which. */
    record Forked(WonBlock block) implements BlockOutcome {}

    /** The farm should have won a block and did not. */
    record Lost(ProbableLoss loss) implements BlockOutcome {}

    /** A block that was reported as lost is won after all. */
    record LossWithdrawn(ProbableLoss loss) implements BlockOutcome {}

    /**
     * A block was seen, whoever won it: its round counts for the expected wins.
     *
     * @param height u64
     * @param baseTarget u64, of its round
     */
    record Seen(long height, long baseTarget, Instant at) implements BlockOutcome {}

    /** Blocks were not seen: it is unknown who won them. */
    record Unseen(long count) implements BlockOutcome {}
}
