package org.pocx.aggregator.core.forward;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Candidates of accounts of which the upstream accepts no nonce now, by account: of each account the best of its
 * {@value #MACHINES} best machines, so that one machine with false claims does not displace the others. Bounded by {@value #ACCOUNTS} accounts.
 * Not thread-safe; its {@link CandidateQueue} owns it.
 */
final class HeldCandidates {
    static final int MACHINES = 4;
    static final int ACCOUNTS = 1_024;

    private final Map<String, List<Candidate>> byAccount = new LinkedHashMap<>(2);
    private final MachineRanking ranking;
    private final Comparator<Candidate> rank;

    HeldCandidates(MachineRanking ranking, Comparator<Candidate> rank) {
        this.ranking = ranking;
        this.rank = rank;
    }

    /** Takes a candidate, and returns the one that has to leave for it, which may be the same, or null. */
    @Nullable
    Candidate add(Candidate candidate) {
        String account = candidate.accountId();
        List<Candidate> held = byAccount.get(account);
        if (held == null) {
            if (byAccount.size() >= ACCOUNTS) {
                return candidate;
            }
            held = new ArrayList<>(1);
            byAccount.put(account, held);
        }
        held.add(candidate);
        held.sort(rank);
        @Nullable Candidate surplus = surplus(held);
        held.remove(surplus);
        return surplus;
    }

    /** The second one of a machine, or the last of too many machines. */
    private @Nullable Candidate surplus(List<Candidate> bestFirst) {
        List<String> machines = new ArrayList<>();
        for (Candidate candidate : bestFirst) {
            String machine = ranking.competitor(candidate.machine());
            if (machines.size() == MACHINES || machines.contains(machine)) {
                return candidate;
            }
            machines.add(machine);
        }
        return null;
    }

    /** The best one of an account, or null. */
    @Nullable
    Candidate best(String accountId) {
        List<Candidate> held = byAccount.get(accountId);
        return held == null ? null : held.getFirst();
    }

    void remove(Candidate candidate) {
        String account = candidate.accountId();
        List<Candidate> held = byAccount.get(account);
        if (held != null && held.remove(candidate) && held.isEmpty()) {
            byAccount.remove(account);
        }
    }

    /** Removes and returns those of an account. */
    List<Candidate> removeAll(String accountId) {
        List<Candidate> held = byAccount.remove(accountId);
        return held == null ? List.of() : held;
    }

    Set<String> accounts() {
        return byAccount.keySet();
    }

    boolean isEmpty() {
        return byAccount.isEmpty();
    }

    List<Candidate> all() {
        return byAccount.values().stream().flatMap(Collection::stream).toList();
    }
}
