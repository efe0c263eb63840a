package org.pocx.aggregator.simulator.farm;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.pocx.aggregator.core.mining.NonceSubmission;

/**
 * What the machines of a farm found, and what they were told. It keeps the last {@value #CAPACITY} of each.
 *
 * <p>Thread-safe; its state is guarded by its own monitor. Answers are copies.
 */
public final class FarmLedger {
    private static final int CAPACITY = 200_000;

    private final Deque<NonceSubmission> found = new ArrayDeque<>();
    private final Deque<FarmEntry> entries = new ArrayDeque<>();
    private long failedPolls;

    FarmLedger() {}

    synchronized void found(NonceSubmission truth) {
        add(found, truth);
    }

    synchronized void settled(FarmEntry entry) {
        add(entries, entry);
    }

    synchronized void pollFailed() {
        failedPolls++;
    }

    private static <T> void add(Deque<T> kept, T entry) {
        if (kept.size() == CAPACITY) {
            kept.removeFirst();
        }
        kept.addLast(entry);
    }

    /** {@return every nonce whose fate is known, oldest first} */
    public synchronized List<FarmEntry> entries() {
        return List.copyOf(entries);
    }

    /** {@return what was taken} */
    public List<FarmEntry> receipts() {
        return select(fate -> fate instanceof SubmissionFate.Receipt);
    }

    /** {@return what was refused} */
    public List<FarmEntry> dropped() {
        return select(fate -> fate instanceof SubmissionFate.Dropped);
    }

    /** {@return what nobody has} */
    public List<FarmEntry> lost() {
        return select(fate -> fate instanceof SubmissionFate.Lost);
    }

    /** {@return what was taken with an answer that the machine reckons otherwise} */
    public List<FarmEntry> oddReceipts() {
        return select(fate -> fate instanceof SubmissionFate.Receipt receipt && !receipt.asExpected());
    }

    /** {@return how many questions for mining info had no good answer} */
    public synchronized long failedPolls() {
        return failedPolls;
    }

    /**
     * {@return the best that honest machines found, and set out to send, in the round of this block hash, by account
     * id}
     *
     * @param blockHash 64 lower-case hex characters
     */
    public Map<String, NonceSubmission> bestFoundPerAccount(String blockHash) {
        return foundIn(blockHash).stream()
                .collect(Collectors.toMap(
                        NonceSubmission::accountId, Function.identity(), FarmLedger::better, TreeMap::new));
    }

    /**
     * {@return the best that honest machines found, and set out to send, in the round of this block hash}
     *
     * @param blockHash 64 lower-case hex characters
     */
    public Optional<NonceSubmission> bestFound(String blockHash) {
        return foundIn(blockHash).stream().reduce(FarmLedger::better);
    }

    private synchronized List<NonceSubmission> foundIn(String blockHash) {
        return found.stream().filter(truth -> truth.blockHash().equals(blockHash)).toList();
    }

    private synchronized List<FarmEntry> select(Predicate<SubmissionFate> which) {
        return entries.stream().filter(entry -> which.test(entry.fate())).toList();
    }

    private static NonceSubmission better(NonceSubmission first, NonceSubmission second) {
        return Long.compareUnsigned(second.rawQuality(), first.rawQuality()) < 0 ? second : first;
    }
}
