package org.pocx.aggregator.core.filter;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Who makes place when a {@link Ladder} is full. The machine that holds most places loses its worst candidate; but
 * {@value Ladder#RESERVED_FOR_TRUSTED} places are kept for machines that had a nonce confirmed within a day, so that a
 * crowd of liars, each with one place, does not push an honest machine off.
 */
final class Crowding {
    private final List<Candidate> candidates;
    private final Standing standing;
    private final Comparator<Candidate> rank;

    /** @param candidates one more than the ladder can hold */
    Crowding(List<Candidate> candidates, Standing standing, Comparator<Candidate> rank) {
        this.candidates = candidates;
        this.standing = standing;
        this.rank = rank;
    }

    /** The candidate that has to go. */
    Candidate victim() {
        List<Candidate> strangers = candidates.stream()
                .filter(candidate -> !standing.isTrusted(machine(candidate)))
                .toList();
        int trusted = candidates.size() - strangers.size();
        boolean onlyStrangers = !strangers.isEmpty() && trusted <= Ladder.RESERVED_FOR_TRUSTED;
        return worstOfTheGreediest(onlyStrangers ? strangers : candidates);
    }

    /** Among machines with as many places, the one with more rejections goes first, then the one that ranks behind. */
    private Candidate worstOfTheGreediest(List<Candidate> among) {
        Map<String, Long> places =
                among.stream().collect(Collectors.groupingBy(Crowding::machine, Collectors.counting()));
        return among.stream()
                .max(Comparator.comparingLong((Candidate candidate) -> places.getOrDefault(machine(candidate), 0L))
                        .thenComparingInt(candidate -> standing.rejections(machine(candidate)))
                        .thenComparing(rank))
                .orElseThrow();
    }

    private static String machine(Candidate candidate) {
        return candidate.miner().address();
    }
}
