package org.pocx.aggregator.statistics.blocks;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The best confirmed nonces of one round, by account. Not thread-safe; guarded by {@link BlockLedger}. */
final class ConfirmedNonces {
    /** The number of nonces kept of one account. */
    static final int MAX_PER_ACCOUNT = 4;

    private static final Comparator<ConfirmedNonce> BEST_FIRST =
            Comparator.comparing(ConfirmedNonce::rawQuality, Long::compareUnsigned);

    /** The nonces of an account, the best first. Immutable lists, because most have one element. */
    private final Map<String, List<ConfirmedNonce>> nonces = new HashMap<>();

    /** A nonce of an account. */
    record Ranked(String accountId, ConfirmedNonce nonce) {}

    /** Returns whether it is the first one of its account. */
    boolean add(String accountId, ConfirmedNonce nonce) {
        List<ConfirmedNonce> known = nonces.get(accountId);
        List<ConfirmedNonce> all = new ArrayList<>(known == null ? List.of() : known);
        all.removeIf(other -> isSame(other, nonce.machine(), nonce.rawQuality()));
        all.add(nonce);
        all.sort(BEST_FIRST);
        nonces.put(accountId, List.copyOf(all.subList(0, Math.min(MAX_PER_ACCOUNT, all.size()))));
        return known == null;
    }

    /** A confirmation was revoked. */
    void remove(String accountId, String machine, long rawQuality) {
        nonces.computeIfPresent(accountId, (id, known) -> {
            List<ConfirmedNonce> left = known.stream()
                    .filter(nonce -> !isSame(nonce, machine, rawQuality))
                    .toList();
            return left.isEmpty() ? null : left;
        });
    }

    private static boolean isSame(ConfirmedNonce nonce, String machine, long rawQuality) {
        return nonce.rawQuality() == rawQuality && nonce.machine().equals(machine);
    }

    Set<String> accounts() {
        return nonces.keySet();
    }

    /** The nonces of an account, the best first. */
    List<ConfirmedNonce> of(String accountId) {
        return nonces.getOrDefault(accountId, List.of());
    }

    /** The best nonce of all accounts. */
    Optional<Ranked> best() {
        return nonces.entrySet().stream()
                .map(entry -> new Ranked(entry.getKey(), entry.getValue().getFirst()))
                .min(Comparator.comparing(Ranked::nonce, BEST_FIRST));
    }

    int accountCount() {
        return nonces.size();
    }

    void clear() {
        nonces.clear();
    }
}
