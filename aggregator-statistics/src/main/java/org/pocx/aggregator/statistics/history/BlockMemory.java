package org.pocx.aggregator.statistics.history;

import java.util.List;

/**
 * What a store knows of blocks, for a restart.
 *
 * @param state the last signatures
 * @param lastWins the wins that were recorded last, at most {@value #LAST_WINS}, in any order
 * @param luck all records of luck; those that were changed longest ago first
 */
public record BlockMemory(BlockState state, List<WonBlock> lastWins, List<LuckRecord> luck) {
    /** How many wins are read: more than the last heights can have. */
    public static final int LAST_WINS = 200;

    /** Nothing is known. */
    public static final BlockMemory EMPTY = new BlockMemory(BlockState.EMPTY, List.of(), List.of());

    /** Copies the lists. */
    public BlockMemory {
        lastWins = List.copyOf(lastWins);
        luck = List.copyOf(luck);
    }
}
