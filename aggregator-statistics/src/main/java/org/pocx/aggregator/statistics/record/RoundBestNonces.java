package org.pocx.aggregator.statistics.record;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.AggregatorEvent.Delayed;
import org.pocx.aggregator.core.event.AggregatorEvent.FateChanged;
import org.pocx.aggregator.core.event.AggregatorEvent.Held;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.mining.NonceId;
import org.pocx.aggregator.core.mining.ReceivedNonce;

/**
 * The best few nonces of a round that were selected for sending and not rejected. Thread-safe; guarded by its monitor,
 * which is not entered for a nonce that is too bad for the list.
 */
final class RoundBestNonces {
    /** The best one, and those that follow if it is rejected. Each event of a nonce adds it again. */
    static final int MAX = 8;

    private static final Comparator<RankedNonce> BY_QUALITY =
            Comparator.comparing(RankedNonce::rawQuality, Long::compareUnsigned);

    private final List<RankedNonce> nonces = new ArrayList<>(MAX + 1);

    /** Nonces with a claim above this u64 are ignored. */
    private volatile long worst = -1;

    /**
     * A nonce.
     *
     * @param rawQuality u64; the confirmed one if it is confirmed, otherwise the claim
     * @param words why it waits, or empty
     */
    record RankedNonce(
            NonceId nonce, long claim, long rawQuality, String accountId, String machine, Fate fate, String words) {

        static RankedNonce of(ReceivedNonce nonce, long rawQuality, Fate fate, String words) {
            return new RankedNonce(
                    nonce.submission().nonceId(),
                    nonce.submission().rawQuality(),
                    rawQuality,
                    nonce.submission().accountId(),
                    nonce.miner().id(),
                    fate,
                    words);
        }

        RankedNonce waiting(String why) {
            return new RankedNonce(nonce, claim, rawQuality, accountId, machine, fate, why);
        }
    }

    /** Records the state of a nonce. Returns true if it is new, will be sent, and is better than all earlier ones. */
    boolean note(FateChanged event) {
        if (isOfNoInterest(event.nonce())) {
            return false;
        }
        return switch (event.after()) {
            case PENDING, CONFIRMED, TAKEN_OVER, STALE, EXPIRED, SUPERSEDED ->
                put(RankedNonce.of(event.nonce(), event.confirmedRawQuality(), event.after(), ""));
            case REJECTED -> {
                remove(event.nonce().submission().nonceId());
                yield false;
            }
            case FILTERED -> {
                if (event.before() == Fate.PENDING) { // the upstream has a better one
                    put(RankedNonce.of(event.nonce(), event.confirmedRawQuality(), event.after(), ""));
                }
                yield false;
            }
            case REFUSED -> false;
        };
    }

    /** Records why a nonce waits. Confirmed nonces are added only by the event of their confirmation. */
    void note(Delayed event) {
        waits(event.nonce(), event.trouble().message().text(), event.confirmed());
    }

    /** Records that the upstream has a nonce and no verdict on it. */
    void note(Held event) {
        waits(event.nonce(), event.message().text(), true);
    }

    private synchronized void waits(ReceivedNonce nonce, String why, boolean isKnown) {
        if (isOfNoInterest(nonce)) {
            return;
        }
        for (int i = 0; i < nonces.size(); i++) {
            if (nonces.get(i).nonce().equals(nonce.submission().nonceId())) {
                nonces.set(i, nonces.get(i).waiting(why));
                return;
            }
        }
        if (!isKnown) {
            put(RankedNonce.of(nonce, nonce.submission().rawQuality(), Fate.PENDING, why));
        }
    }

    private boolean isOfNoInterest(ReceivedNonce nonce) {
        return Long.compareUnsigned(nonce.submission().rawQuality(), worst) > 0;
    }

    private synchronized boolean put(RankedNonce ranked) {
        RankedNonce best = nonces.isEmpty() ? null : nonces.getFirst();
        boolean known = nonces.removeIf(other -> other.nonce().equals(ranked.nonce()));
        nonces.add(ranked);
        nonces.sort(BY_QUALITY);
        if (nonces.size() > MAX) {
            nonces.removeLast();
        }
        updateWorst();
        return !known && ranked.fate() == Fate.PENDING && isBetter(ranked, best);
    }

    private static boolean isBetter(RankedNonce ranked, @Nullable RankedNonce than) {
        return than == null || Long.compareUnsigned(ranked.rawQuality(), than.rawQuality()) < 0;
    }

    private synchronized void remove(NonceId nonce) {
        nonces.removeIf(other -> other.nonce().equals(nonce));
        updateWorst();
    }

    /** Uses the claims, so that a nonce that was confirmed worse than claimed is still found by its claim. */
    private void updateWorst() {
        worst = nonces.size() < MAX
                ? -1
                : nonces.stream().map(RankedNonce::claim).max(Long::compareUnsigned).orElse(-1L);
    }

    /** The best one. */
    synchronized Optional<RankedNonce> best() {
        return nonces.isEmpty() ? Optional.empty() : Optional.of(nonces.getFirst());
    }
}
