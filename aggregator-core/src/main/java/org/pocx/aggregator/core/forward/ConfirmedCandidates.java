package org.pocx.aggregator.core.forward;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the upstream confirmed of one round and key, the best first: the best one is what others have to beat. The next ones
 * count where the upstream takes a confirmation back. Not thread-safe; its {@link CandidateQueue} owns it.
 */
final class ConfirmedCandidates {
    private static final int MAX = 8;
    private static final Comparator<Candidate> BEST_FIRST =
            Comparator.comparing(Candidate::confirmedRawQuality, Long::compareUnsigned);

    private final List<Candidate> candidates = new ArrayList<>(1);

    void add(Candidate candidate) {
        candidates.add(candidate);
        candidates.sort(BEST_FIRST);
        if (candidates.size() > MAX) {
            candidates.removeLast();
        }
    }

    boolean remove(Candidate candidate) {
        return candidates.remove(candidate);
    }

    @Nullable
    Candidate best() {
        return candidates.isEmpty() ? null : candidates.getFirst();
    }

    /** Whether the candidate claims strictly less than all of them, or there is none. */
    boolean areBeatenBy(Candidate candidate) {
        return candidates.isEmpty()
                || Long.compareUnsigned(
                        candidate.rawQuality(), candidates.getFirst().confirmedRawQuality()) < 0;
    }

    List<Candidate> all() {
        return candidates;
    }
}
