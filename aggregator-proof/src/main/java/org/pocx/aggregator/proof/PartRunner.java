package org.pocx.aggregator.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Computes parts of nonces, several at once where the JVM can. It takes its memory with the first part, 256 KiB for each lane
 * of the JVM at most, and keeps it. It belongs to one thread.
 */
final class PartRunner {
    private record Part(ScoopSum sum, int number) {}

    private final List<Part> parts = new ArrayList<>();
    private @Nullable UncompressedNonces single;
    private @Nullable UncompressedNonces several;

    /** Adds a part to the next run. */
    void add(ScoopSum sum, int part) {
        parts.add(new Part(sum, part));
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /**
     * Computes what was added.
     *
     * @param cancelled ends the run when it becomes true
     * @param done gets each nonce whose last part was computed
     * @return false if it was cancelled
     */
    boolean run(BooleanSupplier cancelled, Consumer<ScoopSum> done) {
        int from = 0;
        while (from < parts.size()) {
            int to = from + LaneChoice.step(parts.size() - from);
            if (!run(parts.subList(from, to), cancelled, done)) {
                parts.clear();
                return false;
            }
            from = to;
        }
        parts.clear();
        return true;
    }

    private boolean run(List<Part> together, BooleanSupplier cancelled, Consumer<ScoopSum> done) {
        UncompressedNonces nonces = nonces(together.size());
        for (int lane = 0; lane < together.size(); lane++) {
            together.get(lane).sum().prepare(together.get(lane).number(), nonces, lane);
        }
        if (!nonces.compute(cancelled)) {
            return false;
        }
        for (int lane = 0; lane < together.size(); lane++) {
            Part part = together.get(lane);
            if (part.sum().add(part.number(), nonces, lane)) {
                done.accept(part.sum());
            }
        }
        return true;
    }

    private UncompressedNonces nonces(int count) {
        if (count == 1) {
            single = single == null ? new UncompressedNonces(LaneChoice.fastest(1)) : single;
            return single;
        }
        several = several == null ? new UncompressedNonces(LaneChoice.fastest(count)) : several;
        return several;
    }
}
