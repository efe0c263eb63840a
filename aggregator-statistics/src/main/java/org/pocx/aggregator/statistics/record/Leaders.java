package org.pocx.aggregator.statistics.record;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.AggregatorEvent.Delayed;
import org.pocx.aggregator.core.event.AggregatorEvent.FateChanged;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.NonceId;
import org.pocx.aggregator.core.mining.ReceivedNonce;

/**
 * The best few nonces of a round that were to be sent and not rejected. Thread-safe, by its monitor, which a nonce that
 * is too bad for the list does not enter.
 */
final class Leaders {
    /** Beyond the best one, those that follow when it is rejected; each event of a nonce brings it in again. */
    static final int MAX = 8;

    private static final Comparator<Leader> BY_QUALITY =
            Comparator.comparing(Leader::rawQuality, Long::compareUnsigned);

    private final List<Leader> leaders = new ArrayList<>(MAX + 1);

    /** The claim above which (as a u64) nothing is of interest. */
    private volatile long worst = -1;

    /**
     * A nonce.
     *
     * @param rawQuality u64, the one that counts
     * @param words why it waits, or empty
     */
    record Leader(
            NonceId nonce, long claim, long rawQuality, String accountId, String machine, Fate fate, String words) {

        static Leader of(ReceivedNonce nonce, long rawQuality, Fate fate, String words) {
            return new Leader(
                    nonce.submission().nonceId(),
                    nonce.submission().rawQuality(),
                    rawQuality,
                    nonce.submission().accountId(),
                    nonce.miner().address(),
                    fate,
                    words);
        }

        Leader waiting(String why) {
            return new Leader(nonce, claim, rawQuality, accountId, machine, fate, why);
        }
    }

    /** Notes where a nonce stands; true when it is new, to be sent, and better than all before it. */
    boolean note(FateChanged event) {
        if (isOfNoInterest(event.nonce())) {
            return false;
        }
        return switch (event.after()) {
            case PENDING, CONFIRMED, STALE, EXPIRED, SUPERSEDED ->
                put(Leader.of(event.nonce(), event.confirmedRawQuality(), event.after(), ""));
            case REJECTED -> {
                remove(event.nonce().submission().nonceId());
                yield false;
            }
            case REFUSED, FILTERED -> false;
        };
    }

    /** Notes why a nonce waits; a confirmed one is only known by the event of its confirmation. */
    synchronized void note(Delayed event) {
        ReceivedNonce nonce = event.nonce();
        if (isOfNoInterest(nonce)) {
            return;
        }
        String why = event.trouble().message();
        for (int i = 0; i < leaders.size(); i++) {
            if (leaders.get(i).nonce().equals(nonce.submission().nonceId())) {
                leaders.set(i, leaders.get(i).waiting(why));
                return;
            }
        }
        if (!event.confirmed()) {
            put(Leader.of(nonce, nonce.submission().rawQuality(), Fate.PENDING, why));
        }
    }

    private boolean isOfNoInterest(ReceivedNonce nonce) {
        return Long.compareUnsigned(nonce.submission().rawQuality(), worst) > 0;
    }

    private synchronized boolean put(Leader leader) {
        Leader best = leaders.isEmpty() ? null : leaders.getFirst();
        boolean known = leaders.removeIf(other -> other.nonce().equals(leader.nonce()));
        leaders.add(leader);
        leaders.sort(BY_QUALITY);
        if (leaders.size() > MAX) {
            leaders.removeLast();
        }
        tellWorst();
        return !known && leader.fate() == Fate.PENDING && isBetter(leader, best);
    }

    private static boolean isBetter(Leader leader, @Nullable Leader than) {
        return than == null || Long.compareUnsigned(leader.rawQuality(), than.rawQuality()) < 0;
    }

    private synchronized void remove(NonceId nonce) {
        leaders.removeIf(other -> other.nonce().equals(nonce));
        tellWorst();
    }

    /** By the claims: a nonce that was confirmed worse than claimed is still found by its claim. */
    private void tellWorst() {
        worst = leaders.size() < MAX
                ? -1
                : leaders.stream().map(Leader::claim).max(Long::compareUnsigned).orElse(-1L);
    }

    /** The best one. */
    synchronized Optional<Leader> best() {
        return leaders.isEmpty() ? Optional.empty() : Optional.of(leaders.getFirst());
    }
}
