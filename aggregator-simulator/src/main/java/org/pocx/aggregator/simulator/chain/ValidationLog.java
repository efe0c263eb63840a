package org.pocx.aggregator.simulator.chain;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.pocx.aggregator.core.mining.NonceSubmission;

/**
 * The well-formed nonces that the chain received, with its answers, in order. It keeps the last {@link
 * ChainSettings#logEntries()} of them.
 *
 * <p>Thread-safe; guarded by its own monitor. The lists are copies.
 */
public final class ValidationLog {
    private final int capacity;
    private final Deque<ValidatedNonce> entries = new ArrayDeque<>();
    private long count;

    ValidationLog(int capacity) {
        this.capacity = capacity;
    }

    synchronized ValidatedNonce add(NonceSubmission submission, ValidationResult result) {
        if (entries.size() == capacity) {
            entries.removeFirst();
        }
        ValidatedNonce entry = new ValidatedNonce(++count, submission, result);
        entries.addLast(entry);
        return entry;
    }

    /** {@return all entries that are kept, oldest first} */
    public synchronized List<ValidatedNonce> entries() {
        return List.copyOf(entries);
    }

    /** {@return how many nonces the chain has received, including those that are no longer kept} */
    public synchronized long count() {
        return count;
    }

    /**
     * {@return the accepted nonces of a round that are kept, oldest first}
     *
     * @param blockHash names the round: 64 lower-case hex characters
     */
    public List<ValidatedNonce> accepted(String blockHash) {
        return entries().stream()
                .filter(entry -> entry.isAccepted()
                        && entry.submission().blockHash().equals(blockHash))
                .toList();
    }
}
