package org.pocx.aggregator.core.forward;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.mining.NonceId;

/**
 * What the upstream confirmed of one round and key, the best first: others have to beat the best one, or the last of the best
 * few. The next ones count where the upstream takes a confirmation back. Where the upstream said of a candidate that it has one
 * that is at least as good, others have to beat that candidate as well: the bar. Not thread-safe; its {@link CandidateQueue}
 * owns it.
 */
final class ConfirmedCandidates {
    /** Kept beyond those that have to be beaten. */
    private static final int SPARE = 7;

    private final int wanted;
    private final String upstream;
    private final Comparator<Candidate> bestFirst;
    private final List<Candidate> candidates = new ArrayList<>(1);
    private @Nullable Candidate bar;

    /**
     * @param wanted how many the upstream needs
     * @param upstream its id
     */
    ConfirmedCandidates(int wanted, String upstream) {
        this.wanted = wanted;
        this.upstream = upstream;
        this.bestFirst = Comparator.comparing(this::quality, Long::compareUnsigned);
    }

    private Long quality(Candidate candidate) {
        return candidate.at(upstream).rawQuality();
    }

    void add(Candidate candidate) {
        candidates.add(candidate);
        candidates.sort(bestFirst);
        if (candidates.size() > wanted + SPARE) {
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

    /** The best candidate of which the upstream has one that is at least as good, or null. */
    @Nullable
    Candidate bar() {
        return bar;
    }

    /** The upstream has one that is at least as good as the candidate; returns the one that is not the bar, or null. */
    @Nullable
    Candidate raiseBar(Candidate candidate) {
        Candidate former = bar;
        if (former != null && Long.compareUnsigned(former.rawQuality(), candidate.rawQuality()) <= 0) {
            return candidate;
        }
        bar = candidate;
        return former;
    }

    /** The best one that is known to be confirmed, or the bar; null if there is neither. */
    @Nullable
    Candidate bestOrBar() {
        return candidates.isEmpty() ? bar : candidates.getFirst();
    }

    /** Whether the upstream needs the candidate: it claims strictly less than the last of the best, or they are too few. */
    boolean areBeatenBy(Candidate candidate) {
        return countNotWorse(candidate) < wanted;
    }

    /**
     * How many are confirmed at a quality that is not worse than the candidate's claim; all that the upstream needs if the bar is
     * not worse. Several claims for one nonce count once; if the candidate is another claim for one of these, all places are
     * taken.
     */
    int countNotWorse(Candidate candidate) {
        if (bar != null && Long.compareUnsigned(bar.rawQuality(), candidate.rawQuality()) <= 0) {
            return wanted;
        }
        int count = 0;
        for (int i = 0; i < candidates.size(); i++) {
            Candidate other = candidates.get(i);
            if (Long.compareUnsigned(quality(other), candidate.rawQuality()) > 0) {
                return count;
            }
            if (other.nonceId().isSameProof(candidate.nonceId())) {
                return wanted;
            }
            count += isFirstClaim(i) ? 1 : 0;
        }
        return count;
    }

    private boolean isFirstClaim(int index) {
        NonceId nonceId = candidates.get(index).nonceId();
        for (int i = 0; i < index; i++) {
            if (candidates.get(i).nonceId().isSameProof(nonceId)) {
                return false;
            }
        }
        return true;
    }

    List<Candidate> all() {
        return candidates;
    }
}
