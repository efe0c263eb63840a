package org.pocx.aggregator.statistics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.AggregatorEvent.FateChanged;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.store.Verdict;
import org.pocx.aggregator.statistics.blocks.RoundShares;
import org.pocx.aggregator.statistics.history.BestNonce;
import org.pocx.aggregator.statistics.history.HistoryChange;

/**
 * The state of one machine for one account: its blocks, and the nonces of the rounds that may still change.
 * Thread-safe; guarded by its monitor.
 */
final class MachineAccountEntry {
    /** The number of nonces kept of one round: if the best is rejected, the next one counts. */
    private static final int NONCES_PER_ROUND = 4;

    private static final int MAX_NONCES = 3 * NONCES_PER_ROUND;

    /** The number of rows of the history that a rejection may still affect: one for each open round. */
    private static final int RESTORED_NONCES = 3;
    private static final Comparator<CountedNonce> BETTER =
            Comparator.comparing(CountedNonce::rawQuality, Long::compareUnsigned).thenComparing(CountedNonce::at);

    private final String machine;
    private final String accountId;
    private final BlockWindow blocks;
    private final List<CountedNonce> nonces = new ArrayList<>(2);
    private volatile long lastSubmissionNanos;

    MachineAccountEntry(String machine, String accountId, int blocksPerDay, long nanos) {
        this.machine = machine;
        this.accountId = accountId;
        this.blocks = new BlockWindow(blocksPerDay);
        this.lastSubmissionNanos = nanos;
    }

    long lastSubmissionNanos() {
        return lastSubmissionNanos;
    }

    /** Restores a row of the history, which may have several for a block: with other spellings of the machine's address. */
    synchronized void restore(BestNonce best, long nanos) {
        blocks.putIfBetter(best.height(), best.rawQuality());
        restoreNonce(best);
        if (nanos - lastSubmissionNanos > 0) {
            lastSubmissionNanos = nanos;
        }
    }

    /**
     * Only the last rows of the history can still change: those with the highest heights are kept, whatever the order
     * of the rows.
     */
    private void restoreNonce(BestNonce best) {
        if (nonces.size() == RESTORED_NONCES) {
            int lowest = lowestNonce();
            if (Long.compareUnsigned(nonces.get(lowest).height(), best.height()) > 0) {
                return;
            }
            nonces.remove(lowest);
        }
        nonces.add(new CountedNonce("", best.height(), 0, best.rawQuality(), best.at(), Fate.FILTERED));
    }

    /** A plain loop for speed: it runs for each row of the history, up to a million times at a start. */
    private int lowestNonce() {
        int lowest = 0;
        for (int i = 1; i < nonces.size(); i++) {
            if (Long.compareUnsigned(nonces.get(i).height(), nonces.get(lowest).height()) < 0) {
                lowest = i;
            }
        }
        return lowest;
    }

    /** Restores a confirmed nonce, which replaces its row of the history. */
    synchronized void restore(Verdict confirmed) {
        boolean held = nonces.removeIf(counted -> counted.print() == 0
                && counted.height() == confirmed.submission().height()
                && counted.rawQuality() == confirmed.confirmedRawQuality());
        if (held) {
            nonces.add(CountedNonce.of(confirmed));
        }
    }

    /**
     * Handles a received nonce. Returns the change of the history, if it is the machine's best of the block.
     *
     * @param round the nonce's block hash; preferably always the same String object, which is compared faster
     */
    synchronized Optional<HistoryChange> received(FateChanged event, String round, long nanos) {
        lastSubmissionNanos = nanos;
        CountedNonce counted = CountedNonce.of(event, round);
        @Nullable CountedNonce before = best(counted.height());
        nonces.removeIf(old -> old.print() == 0
                && old.height() == counted.height()
                && old.rawQuality() == counted.rawQuality());
        nonces.add(counted);
        forgetWorst(counted.blockHash());
        return changed(counted.height(), before);
    }

    /**
     * Handles a changed state of a nonce. Returns the change of the history, if the machine's best of the block
     * changes.
     */
    synchronized Optional<HistoryChange> moved(FateChanged event) {
        long print = CountedNonce.print(event.nonce().submission());
        long height = event.nonce().submission().height();
        @Nullable CountedNonce before = best(height);
        boolean held = nonces.removeIf(counted -> counted.isOf(event.nonce().submission().blockHash(), print));
        if (!held) {
            return Optional.empty();
        }
        if (event.after() != Fate.REJECTED) {
            nonces.add(CountedNonce.of(event, event.nonce().submission().blockHash()));
        }
        return changed(height, before);
    }

    private Optional<HistoryChange> changed(long height, @Nullable CountedNonce before) {
        @Nullable CountedNonce now = best(height);
        if (now == null) {
            blocks.remove(height);
            return before == null
                    ? Optional.empty()
                    : Optional.of(new HistoryChange.BestWithdrawn(accountId, machine, height));
        }
        if (before != null && before.rawQuality() == now.rawQuality()) {
            return Optional.empty();
        }
        blocks.put(height, now.rawQuality());
        return Optional.of(new HistoryChange.BestRecorded(
                new BestNonce(accountId, machine, height, now.rawQuality(), now.at())));
    }

    /** Plain loops for speed, here and below: they run for each nonce. */
    private @Nullable CountedNonce best(long height) {
        @Nullable CountedNonce best = null;
        for (CountedNonce counted : nonces) {
            if (counted.height() == height && (best == null || BETTER.compare(counted, best) < 0)) {
                best = counted;
            }
        }
        return best;
    }

    private void forgetWorst(String round) {
        int ofRound = 0;
        @Nullable CountedNonce worst = null;
        for (CountedNonce counted : nonces) {
            if (counted.blockHash().equals(round)) {
                ofRound++;
                worst = worst == null || BETTER.compare(counted, worst) > 0 ? counted : worst;
            }
        }
        if (ofRound > NONCES_PER_ROUND) {
            nonces.remove(worst);
        }
        while (nonces.size() > MAX_NONCES) {
            nonces.removeFirst();
        }
    }

    /** The best nonce of a round. Restored nonces are found by their height, because the history has no block hash. */
    synchronized Optional<CountedNonce> bestOf(String blockHash, long height) {
        return nonces.stream()
                .filter(counted -> counted.blockHash().equals(blockHash)
                        || (counted.print() == 0 && counted.height() == height))
                .min(BETTER);
    }

    synchronized double capacityTib(long currentHeight) {
        return blocks.capacityTib(currentHeight);
    }

    synchronized int blocksOfCapacity(long currentHeight) {
        return blocks.blocksOfCapacity(currentHeight);
    }

    synchronized int blocksEnded(long currentHeight) {
        return blocks.blocksEnded(currentHeight);
    }

    synchronized int blocksWithinDay(long currentHeight) {
        return blocks.blocksWithinDay(currentHeight);
    }

    /** {@return its part in a round, if it has a nonce of that round and a known capacity} */
    synchronized Optional<RoundShares.Share> share(long height) {
        double tib = blocks.capacityTib(height);
        boolean mined = (blocks.blocksEnded(height + 1) & 1) != 0;
        return mined && tib > 0 && Double.isFinite(tib)
                ? Optional.of(new RoundShares.Share(machine, accountId, tib, blocks.blocksOfCapacity(height)))
                : Optional.empty();
    }

    String machine() {
        return machine;
    }

    String accountId() {
        return accountId;
    }
}
