package org.pocx.aggregator.statistics.blocks;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.statistics.history.RoundSignature;

/**
 * The rounds of the last {@value #HEIGHTS} heights. Not thread-safe; guarded by {@link BlockLedger}.
 *
 * <p>Bounded: {@value #MAX_PER_HEIGHT} signatures of a height, and {@value #MAX_ACCOUNTS} accounts with a confirmed nonce
 * in all rounds together; beyond that the nonces of the lowest heights are dropped.
 */
final class RoundWindow {
    static final int HEIGHTS = 10;
    static final int MAX_PER_HEIGHT = 16;

    /** Three rounds of a pool with ten thousand accounts; about 200 bytes each. */
    static final int MAX_ACCOUNTS = 32_768;

    /** Heights are unsigned. The round of a height that was announced last is its last one. */
    private final TreeMap<Long, List<TrackedRound>> heights = new TreeMap<>(Long::compareUnsigned);

    /** In the order of their last announcements. */
    private final List<TrackedRound> announced = new ArrayList<>();

    private int accounts;

    /** The height of the highest round, u64; only if there is one. */
    long highest() {
        return heights.lastKey();
    }

    boolean isEmpty() {
        return announced.isEmpty();
    }

    List<TrackedRound> at(long height) {
        return heights.getOrDefault(height, List.of());
    }

    @Nullable
    TrackedRound find(long height, String signature) {
        for (TrackedRound round : at(height)) {
            if (round.is(height, signature)) {
                return round;
            }
        }
        return null;
    }

    /** Adds a round, or moves it to the end: it is the current one. */
    void announce(TrackedRound round) {
        announced.remove(round);
        announced.add(round);
        List<TrackedRound> sameHeight = heights.computeIfAbsent(round.height(), height -> new ArrayList<>(1));
        sameHeight.remove(round);
        sameHeight.add(round);
        if (sameHeight.size() > MAX_PER_HEIGHT) {
            remove(sameHeight.getFirst());
        }
        while (highest() - heights.firstKey() >= HEIGHTS) {
            List.copyOf(heights.firstEntry().getValue()).forEach(this::remove);
        }
    }

    private void remove(TrackedRound round) {
        announced.remove(round);
        accounts -= round.confirmed().accountCount();
        List<TrackedRound> sameHeight = heights.get(round.height());
        sameHeight.remove(round);
        if (sameHeight.isEmpty()) {
            heights.remove(round.height());
        }
    }

    void clear() {
        heights.clear();
        announced.clear();
        accounts = 0;
    }

    /** Adds a confirmed nonce. Returns whether it is the first one of its account in that round. */
    boolean confirm(TrackedRound round, String accountId, ConfirmedNonce nonce) {
        boolean first = round.confirmed().add(accountId, nonce);
        if (first && ++accounts > MAX_ACCOUNTS) {
            dropOldNonces();
        }
        return first;
    }

    private void dropOldNonces() {
        for (List<TrackedRound> sameHeight : heights.values()) {
            for (TrackedRound round : sameHeight) {
                if (accounts > MAX_ACCOUNTS) {
                    accounts -= round.confirmed().accountCount();
                    round.confirmed().clear();
                }
            }
        }
    }

    void revoke(TrackedRound round, String accountId, String machine, long rawQuality) {
        int before = round.confirmed().accountCount();
        round.confirmed().remove(accountId, machine, rawQuality);
        accounts -= before - round.confirmed().accountCount();
    }

    int accounts() {
        return accounts;
    }

    List<RoundSignature> toRecords() {
        return announced.stream().map(TrackedRound::toRecord).toList();
    }

    List<TrackedRound> rounds() {
        return List.copyOf(announced);
    }
}
