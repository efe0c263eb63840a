package org.pocx.aggregator.core.forward;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which runner-up leaves when a {@link CandidateQueue} is full. The machine with most places loses its worst candidate; but
 * {@value CandidateQueue#RESERVED_FOR_TRUSTED} places are reserved for machines that had a nonce confirmed within a day, so
 * that many machines with false claims, each with one place, do not displace an honest machine.
 */
final class RunnerUpEviction {
    private final MachineRanking ranking;
    private final Comparator<Candidate> rank;

    RunnerUpEviction(MachineRanking ranking, Comparator<Candidate> rank) {
        this.ranking = ranking;
        this.rank = rank;
    }

    /** @param candidates one more than the queue can hold */
    Candidate victim(List<Candidate> candidates) {
        List<Candidate> untrusted = candidates.stream()
                .filter(candidate -> !ranking.isTrusted(candidate.machine()))
                .toList();
        int trusted = candidates.size() - untrusted.size();
        boolean placesAreReserved = !untrusted.isEmpty() && trusted <= CandidateQueue.RESERVED_FOR_TRUSTED;
        return worstOfMostPlaces(placesAreReserved ? untrusted : candidates);
    }

    /**
     * Among machines with as many places, those with more bad nonces lose first; then those whose worst claim is of the most
     * frequent magnitude, so that many equal claims do not displace another one; then the one whose worst claim ranks last.
     * The best candidate of all stays in any case.
     */
    private Candidate worstOfMostPlaces(List<Candidate> among) {
        Map<String, Long> places = count(among, this::competitor);
        Map<Integer, Long> similar = count(among, RunnerUpEviction::magnitude);
        Candidate best = among.stream().min(rank).orElseThrow();
        Map<String, Candidate> worsts = among.stream()
                .filter(candidate -> candidate != best)
                .collect(Collectors.toMap(this::competitor, Function.identity(), BinaryOperator.maxBy(rank)));
        return worsts.values().stream()
                .max(Comparator.comparingLong((Candidate worst) -> places.getOrDefault(competitor(worst), 0L))
                        .thenComparingInt(worst -> ranking.badNonces(worst.machine()))
                        .thenComparingLong(worst -> similar.getOrDefault(magnitude(worst), 0L))
                        .thenComparing(rank))
                .orElse(best);
    }

    private String competitor(Candidate candidate) {
        return ranking.competitor(candidate.machine());
    }

    private static <K> Map<K, Long> count(List<Candidate> candidates, Function<Candidate, K> property) {
        return candidates.stream().collect(Collectors.groupingBy(property, Collectors.counting()));
    }

    /** The number of bits of the claim. */
    private static int magnitude(Candidate candidate) {
        return Long.SIZE - Long.numberOfLeadingZeros(candidate.rawQuality());
    }
}
