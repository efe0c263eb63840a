package org.pocx.aggregator.simulator.chain;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rounds that led to the tip, the latest first, each with the best nonce that it has accepted. It reaches {@value
 * #DEPTH} rounds back.
 *
 * <p>Not thread-safe: {@link SimulatedChain} owns it and guards it by its monitor.
 */
final class Branch {
    /** How many rounds a fork can go back. */
    static final int DEPTH = 100;

    private final Deque<MinedRound> rounds = new ArrayDeque<>();

    Branch(Tip first) {
        push(first);
    }

    Tip tip() {
        return current().tip;
    }

    Optional<LedgerEntry> best() {
        return Optional.ofNullable(current().best);
    }

    /** Takes an accepted nonce of the tip's round into account. */
    void offer(LedgerEntry accepted) {
        MinedRound round = current();
        LedgerEntry best = round.best;
        round.best = best == null ? accepted : ChainLedger.betterOf().apply(best, accepted);
    }

    void push(Tip next) {
        rounds.addFirst(new MinedRound(next));
        if (rounds.size() > DEPTH) {
            rounds.removeLast();
        }
    }

    /** Forgets what was accepted in the tip's round: a node keeps it in memory only. */
    void forget() {
        current().best = null;
    }

    /** Drops the latest rounds, so that an earlier one is mined again. What it had accepted is forgotten. */
    void goBack(int depth) {
        if (depth < 1 || depth >= rounds.size()) {
            throw new IllegalArgumentException(
                    "cannot go back " + depth + " rounds: " + (rounds.size() - 1) + " are known");
        }
        for (int i = 0; i < depth; i++) {
            rounds.removeFirst();
        }
        forget();
    }

    /** Mines another round in place of the tip's. */
    void replace(Tip tip) {
        rounds.removeFirst();
        push(tip);
    }

    /** Announces the tip's round otherwise; what it accepted stays. */
    void amend(Tip tip) {
        current().tip = tip;
    }

    private MinedRound current() {
        return rounds.getFirst();
    }

    private static final class MinedRound {
        private Tip tip;
        private @Nullable LedgerEntry best;

        MinedRound(Tip tip) {
            this.tip = tip;
        }
    }
}
