package org.pocx.aggregator.statistics.history;

import java.util.List;

/**
 * What must be known of the chain to find the winner of the next block.
 *
 * @param signatures of the last heights, in the order of their last announcements: the current one last
 * @param nextHeight u64: blocks below it are counted, as seen or as unseen
 * @param unseen how many blocks were not seen, because the height grew by more than one between two polls
 */
public record BlockState(List<RoundSignature> signatures, long nextHeight, long unseen) {
    /** Nothing is known. */
    public static final BlockState EMPTY = new BlockState(List.of(), 0, 0);

    /** Copies the signatures. */
    public BlockState {
        signatures = List.copyOf(signatures);
    }
}
