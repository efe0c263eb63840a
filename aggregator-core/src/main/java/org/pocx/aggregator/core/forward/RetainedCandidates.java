package org.pocx.aggregator.core.forward;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Candidates that are not better than what is confirmed, kept for the case that the upstream takes the confirmation back: the
 * best of each of the {@value #MACHINES} best other machines, and of each of the {@value #ACCOUNTS} best other accounts. Not
 * thread-safe; its {@link CandidateQueue} owns it.
 */
final class RetainedCandidates {
    static final int MACHINES = 8;
    static final int ACCOUNTS = 4;

    private final List<Candidate> candidates = new ArrayList<>(0);
    private final MachineRanking ranking;
    private final Comparator<Candidate> rank;

    RetainedCandidates(MachineRanking ranking, Comparator<Candidate> rank) {
        this.ranking = ranking;
        this.rank = rank;
    }

    /** Takes a candidate, and returns those that have to leave for it, which may be itself. */
    List<Candidate> add(Candidate candidate, Candidate confirmed) {
        candidates.add(candidate);
        return dropSurplus(confirmed);
    }

    /** Removes and returns those that are not to be kept beside what is confirmed. */
    List<Candidate> dropSurplus(Candidate confirmed) {
        candidates.sort(rank);
        Set<String> machines = new HashSet<>(Set.of(competitor(confirmed)));
        Set<String> accounts = new HashSet<>(Set.of(confirmed.accountId()));
        List<Candidate> surplus = new ArrayList<>(0);
        for (Candidate candidate : candidates) {
            // Both are asked: one candidate may be the best of its machine and of its account.
            boolean ofMachine =
                    machines.size() <= MACHINES && machines.add(competitor(candidate));
            boolean ofAccount = accounts.size() <= ACCOUNTS
                    && accounts.add(candidate.accountId());
            if (!ofMachine && !ofAccount) {
                surplus.add(candidate);
            }
        }
        candidates.removeAll(surplus);
        return surplus;
    }

    private String competitor(Candidate candidate) {
        return ranking.competitor(candidate.machine());
    }

    void remove(Candidate candidate) {
        candidates.remove(candidate);
    }

    /** Removes and returns all. */
    List<Candidate> removeAll() {
        List<Candidate> all = List.copyOf(candidates);
        candidates.clear();
        return all;
    }

    List<Candidate> all() {
        return candidates;
    }
}
