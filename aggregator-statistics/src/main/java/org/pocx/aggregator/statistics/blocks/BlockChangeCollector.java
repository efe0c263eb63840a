package org.pocx.aggregator.statistics.blocks;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pocx.aggregator.statistics.history.BlockChange;
import org.pocx.aggregator.statistics.history.BlockState;
import org.pocx.aggregator.statistics.history.LuckSubject;
import org.pocx.aggregator.statistics.history.ProbableLoss;
import org.pocx.aggregator.statistics.history.WonBlock;

/** Applies outcomes to the luck, and collects what is to be stored for them. For one use by one thread. */
final class BlockChangeCollector {
    private final LuckSums luck;
    private final WinExpectation expectation;
    private final List<WonBlock> wins = new ArrayList<>();
    private final List<ProbableLoss> losses = new ArrayList<>();
    private final List<ProbableLoss> withdrawn = new ArrayList<>();
    private final Set<LuckSubject> subjects = new LinkedHashSet<>();
    private double expectedWins;
    private long unseen;
    private boolean counted;

    BlockChangeCollector(LuckSums luck, WinExpectation expectation) {
        this.luck = luck;
        this.expectation = expectation;
    }

    void add(BlockOutcome outcome) {
        switch (outcome) {
            case BlockOutcome.Won won -> {
                wins.add(won.block());
                count(won.block(), 1);
            }
            case BlockOutcome.Forked forked -> {
                wins.add(forked.block());
                count(forked.block(), forked.block().orphaned() ? -1 : 1);
            }
            case BlockOutcome.Lost lost -> losses.add(lost.loss());
            case BlockOutcome.LossWithdrawn gone -> withdrawn.add(gone.loss());
            case BlockOutcome.Seen seen -> {
                counted = true;
                expectedWins += expectation.add(seen.height(), seen.baseTarget(), seen.at());
                subjects.add(LuckSubject.FARM);
            }
            case BlockOutcome.Unseen missed -> {
                counted = true;
                unseen += missed.count();
            }
        }
    }

    private void count(WonBlock block, int change) {
        winOf(LuckSubject.FARM, block, change);
        winOf(LuckSubject.account(block.accountId()), block, change);
        block.finder().ifPresent(finder -> winOf(LuckSubject.machine(finder.machine()), block, change));
    }

    private void winOf(LuckSubject subject, WonBlock block, int change) {
        luck.win(subject, block.at(), change);
        subjects.add(subject);
    }

    /** Whether blocks were counted, seen or unseen. */
    boolean isCounted() {
        return counted;
    }

    double expectedWins() {
        return expectedWins;
    }

    long unseen() {
        return unseen;
    }

    /** The records of other subjects, of which there may be thousands, are written later. */
    BlockChange toChange(BlockState state) {
        return new BlockChange(
                wins, losses, withdrawn, luck.take(subjects), luck.takeForgotten(), Optional.of(state));
    }
}
