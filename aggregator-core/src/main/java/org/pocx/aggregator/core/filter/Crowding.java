package org.pocx.aggregator.core.filter;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
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

    /**
     * Among machines with as many places, those with more rejections go first; then those whose worst claim is of the most
     * frequent magnitude, so that a crowd which claims the same does not push off the one that claims something else; then
     * the one whose worst claim ranks behind. The best candidate of all stays in any case.
     */
    private Candidate worstOfTheGreediest(List<Candidate> among) {
        Map<String, Long> places = count(among, Crowding::machine);
        Map<Integer, Long> alike = count(among, Crowding::magnitude);
        Candidate best = among.stream().min(rank).orElseThrow();
        Map<String, Candidate> worsts = among.stream()
                .filter(candidate -> candidate != best)
                .collect(Collectors.toMap(Crowding::machine, Function.identity(), BinaryOperator.maxBy(rank)));
        return worsts.values().stream()
                .max(Comparator.comparingLong((Candidate worst) -> places.getOrDefault(machine(worst), 0L))
                        .thenComparingInt(worst -> standing.badNonces(machine(worst)))
                        .thenComparingLong(worst -> alike.getOrDefault(magnitude(worst), 0L))
                        .thenComparing(rank))
                .orElse(best);
    }

    private static <K> Map<K, Long> count(List<Candidate> candidates, Function<Candidate, K> property) {
        return candidates.stream().collect(Collectors.groupingBy(property, Collectors.counting()));
    }

    private static String machine(Candidate candidate) {
        return candidate.miner().address();
    }

    /** The number of bits of the claim: claims within a factor of two are alike. */
    private static int magnitude(Candidate candidate) {
        return Long.SIZE - Long.numberOfLeadingZeros(candidate.rawQuality());
    }
}
