package org.pocx.aggregator.simulator.chain;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.pocx.aggregator.core.mining.NonceSubmission;

/**
 * Every nonce that reached the chain, and what was said to it, in the order of judgement. It keeps the last entries only,
 * as many as {@link ChainSettings#ledgerEntries()}.
 *
 * <p>Thread-safe; its state is guarded by its own monitor. Answers are copies.
 */
public final class ChainLedger {
    private final int capacity;
    private final Deque<LedgerEntry> entries = new ArrayDeque<>();
    private long number;

    ChainLedger(int capacity) {
        this.capacity = capacity;
    }

    synchronized LedgerEntry add(Instant at, NonceSubmission submission, Judgement judgement) {
        if (entries.size() == capacity) {
            entries.removeFirst();
        }
        LedgerEntry entry = new LedgerEntry(++number, at, submission, judgement);
        entries.addLast(entry);
        return entry;
    }

    /** {@return all that is kept, oldest first} */
    public List<LedgerEntry> entries() {
        return select(entry -> true);
    }

    /** {@return how many nonces reached the chain since it began, kept or not} */
    public synchronized long count() {
        return number;
    }

    /**
     * {@return what was accepted in the round of this block hash, oldest first, of what is kept}
     *
     * @param blockHash 64 lower-case hex characters
     */
    public List<LedgerEntry> accepted(String blockHash) {
        return select(entry -> entry.isAccepted() && isOf(blockHash, entry));
    }

    /** {@return what was refused for being of another round, whichever it named} */
    public List<LedgerEntry> stale() {
        return select(LedgerEntry::isStale);
    }

    /** {@return what was refused for a fault of its own, of its account, or of the wallet} */
    public List<LedgerEntry> rejected() {
        return select(LedgerEntry::isRejected);
    }

    /**
     * {@return the best nonce accepted in the round of this block hash, by account id; the first of equals}
     *
     * @param blockHash 64 lower-case hex characters
     */
    public Map<String, LedgerEntry> bestPerAccount(String blockHash) {
        return accepted(blockHash).stream()
                .collect(Collectors.toMap(
                        entry -> entry.submission().accountId(), Function.identity(), betterOf(), TreeMap::new));
    }

    /**
     * {@return the best nonce accepted in the round of this block hash; the first of equals}
     *
     * @param blockHash 64 lower-case hex characters
     */
    public Optional<LedgerEntry> best(String blockHash) {
        return accepted(blockHash).stream().reduce(betterOf());
    }

    /** The quality (u64) that the chain found an accepted nonce to have. */
    private static long quality(LedgerEntry entry) {
        return entry.accepted().orElseThrow().rawQuality();
    }

    static BinaryOperator<LedgerEntry> betterOf() {
        return (first, second) -> Long.compareUnsigned(quality(second), quality(first)) < 0 ? second : first;
    }

    private static boolean isOf(String blockHash, LedgerEntry entry) {
        return entry.submission().blockHash().equals(blockHash);
    }

    private synchronized List<LedgerEntry> select(Predicate<LedgerEntry> which) {
        return entries.stream().filter(which).toList();
    }
}
