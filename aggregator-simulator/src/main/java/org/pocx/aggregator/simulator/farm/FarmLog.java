package org.pocx.aggregator.simulator.farm;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.pocx.aggregator.core.mining.NonceSubmission;

/**
 * The nonces that the machines of a farm found, and the results of sending them. It keeps the last {@value #CAPACITY} of
 * each.
 *
 * <p>Thread-safe; guarded by its own monitor. The lists are copies.
 */
public final class FarmLog {
    private static final int CAPACITY = 200_000;

    private final Deque<NonceSubmission> found = new ArrayDeque<>();
    private final Deque<SentNonce> sent = new ArrayDeque<>();
    private long failedPolls;

    FarmLog() {}

    synchronized void found(NonceSubmission nonce) {
        add(found, nonce);
    }

    synchronized void sent(SentNonce nonce) {
        add(sent, nonce);
    }

    synchronized void pollFailed() {
        failedPolls++;
    }

    private static <T> void add(Deque<T> entries, T entry) {
        if (entries.size() == CAPACITY) {
            entries.removeFirst();
        }
        entries.addLast(entry);
    }

    /** {@return all nonces with a final result, oldest first} */
    public synchronized List<SentNonce> sent() {
        return List.copyOf(sent);
    }

    /** {@return the accepted nonces, oldest first} */
    public List<SentNonce> receipts() {
        return select(result -> result instanceof SendResult.Receipt);
    }

    /** {@return the accepted nonces whose receipt differs from what the machine computed, oldest first} */
    public List<SentNonce> unexpectedReceipts() {
        return select(result -> result instanceof SendResult.Receipt receipt && !receipt.asExpected());
    }

    /** {@return the nonces that were answered with an error, oldest first} */
    public List<SentNonce> rejected() {
        return select(result -> result instanceof SendResult.Rejected);
    }

    /** {@return the nonces that were never answered, oldest first} */
    public List<SentNonce> lost() {
        return select(result -> result instanceof SendResult.Lost);
    }

    /** {@return how many requests for mining info failed} */
    public synchronized long failedPolls() {
        return failedPolls;
    }

    /**
     * {@return the best nonces that honest machines found and sent in a round, by account id}
     *
     * @param blockHash names the round: 64 lower-case hex characters
     */
    public synchronized Map<String, NonceSubmission> bestFoundPerAccount(String blockHash) {
        Map<String, NonceSubmission> bests = new TreeMap<>();
        for (NonceSubmission nonce : found) {
            if (nonce.blockHash().equals(blockHash)) {
                bests.merge(nonce.accountId(), nonce, FarmLog::better);
            }
        }
        return bests;
    }

    private List<SentNonce> select(Predicate<SendResult> filter) {
        return sent().stream().filter(nonce -> filter.test(nonce.result())).toList();
    }

    private static NonceSubmission better(NonceSubmission first, NonceSubmission second) {
        return Long.compareUnsigned(second.rawQuality(), first.rawQuality()) < 0 ? second : first;
    }
}
