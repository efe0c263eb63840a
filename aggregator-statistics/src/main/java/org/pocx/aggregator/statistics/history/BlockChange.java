package org.pocx.aggregator.statistics.history;

import java.util.List;
import java.util.Optional;

/**
 * What a new block changes, to be stored as a whole or not at all, so that wins and luck agree after a crash. All values
 * are absolute: storing a change twice has the same effect as storing it once.
 *
 * @param wins blocks to add, or to replace by height and signature
 * @param losses probable losses to add
 * @param withdrawn probable losses to remove, by height and signature
 * @param luck records to add, or to replace by subject
 * @param forgotten subjects whose records are removed
 * @param state replaces the stored state; empty: it stays
 */
public record BlockChange(
        List<WonBlock> wins,
        List<ProbableLoss> losses,
        List<ProbableLoss> withdrawn,
        List<LuckRecord> luck,
        List<LuckSubject> forgotten,
        Optional<BlockState> state) {

    /** Copies the lists. */
    public BlockChange {
        wins = List.copyOf(wins);
        losses = List.copyOf(losses);
        withdrawn = List.copyOf(withdrawn);
        luck = List.copyOf(luck);
        forgotten = List.copyOf(forgotten);
    }

    /**
     * {@return the change of one record of luck}
     *
     * @param record the new record
     */
    public static BlockChange ofLuck(LuckRecord record) {
        return new BlockChange(List.of(), List.of(), List.of(), List.of(record), List.of(), Optional.empty());
    }

    /**
     * {@return what a later change must have in common to replace this one: the subject of a single record of luck,
     * otherwise this change itself, which no other one replaces}
     */
    public Object subject() {
        boolean single = luck.size() == 1
                && wins.isEmpty()
                && losses.isEmpty()
                && withdrawn.isEmpty()
                && forgotten.isEmpty()
                && state.isEmpty();
        return single ? luck.getFirst().subject() : this;
    }
}
