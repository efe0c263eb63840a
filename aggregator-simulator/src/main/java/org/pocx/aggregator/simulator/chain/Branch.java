package org.pocx.aggregator.simulator.chain;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last {@value #MAX_ROUNDS} rounds of the chain, each with its best accepted nonce.
 *
 * <p>Not thread-safe: {@link SimulatedChain} owns it and guards it by its monitor.
 */
final class Branch {
    static final int MAX_ROUNDS = 100;

    private final Deque<MinedRound> rounds = new ArrayDeque<>();

    Branch(Tip first) {
        add(first);
    }

    Tip tip() {
        return rounds.getFirst().tip;
    }

    Optional<ValidatedNonce> best() {
        return Optional.ofNullable(rounds.getFirst().best);
    }

    /** Records an accepted nonce of the current round. The first of equals stays the best. */
    void accept(ValidatedNonce accepted) {
        MinedRound round = rounds.getFirst();
        if (round.best == null || Long.compareUnsigned(accepted.quality(), round.best.quality()) < 0) {
            round.best = accepted;
        }
    }

    void add(Tip next) {
        rounds.addFirst(new MinedRound(next));
        if (rounds.size() > MAX_ROUNDS) {
            rounds.removeLast();
        }
    }

    /** Removes the best nonce of the current round. */
    void clearBest() {
        rounds.getFirst().best = null;
    }

    /** Removes the latest rounds. The round that is mined again has no accepted nonce. */
    void goBack(int depth) {
        if (depth < 1 || depth >= rounds.size()) {
            throw new IllegalArgumentException("cannot go back " + depth + " rounds of " + rounds.size());
        }
        for (int i = 0; i < depth; i++) {
            rounds.removeFirst();
        }
        clearBest();
    }

    /** Replaces the current round by another one. */
    void replace(Tip tip) {
        rounds.removeFirst();
        add(tip);
    }

    /** Changes what is announced of the current round. Its best nonce stays. */
    void update(Tip tip) {
        rounds.getFirst().tip = tip;
    }

    private static final class MinedRound {
        private Tip tip;
        private @Nullable ValidatedNonce best;

        MinedRound(Tip tip) {
            this.tip = tip;
        }
    }
}
