package org.pocx.aggregator.statistics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pocx.aggregator.core.event.AggregatorEvent.FateChanged;
import org.pocx.aggregator.core.event.Fate;
import org.pocx.aggregator.core.store.Verdict;
import org.pocx.aggregator.statistics.history.BestNonce;
import org.pocx.aggregator.statistics.history.HistoryChange;

/**
 * What one machine does for one account: its blocks, and the claims of the rounds that may still change. Thread-safe, by
 * its monitor.
 */
final class Share {
    /** Claims kept of one round: when the best is rejected, the next one counts. */
    private static final int CLAIMS_PER_ROUND = 4;

    private static final int MAX_CLAIMS = 3 * CLAIMS_PER_ROUND;

    /** Rows of the history that a rejection may still concern: one for each open round. */
    private static final int RESTORED_CLAIMS = 3;
    private static final Comparator<Claim> BETTER =
            Comparator.comparing(Claim::rawQuality, Long::compareUnsigned).thenComparing(Claim::at);

    private final String machine;
    private final String accountId;
    private final BlockWindow blocks;
    private final List<Claim> claims = new ArrayList<>(2);
    private volatile long lastSubmissionNanos;

    Share(String machine, String accountId, int blocksPerDay, long nanos) {
        this.machine = machine;
        this.accountId = accountId;
        this.blocks = new BlockWindow(blocksPerDay);
        this.lastSubmissionNanos = nanos;
    }

    long lastSubmissionNanos() {
        return lastSubmissionNanos;
    }

    /** A row of the history of an earlier run. */
    synchronized void restore(BestNonce best, long nanos) {
        blocks.put(best.height(), best.rawQuality());
        restoreClaim(best);
        if (nanos - lastSubmissionNanos > 0) {
            lastSubmissionNanos = nanos;
        }
    }

    /** Of the history only the last rows can still change: the highest are kept, in whatever order they come. */
    private void restoreClaim(BestNonce best) {
        if (claims.size() == RESTORED_CLAIMS) {
            int lowest = lowestClaim();
            if (Long.compareUnsigned(claims.get(lowest).height(), best.height()) > 0) {
                return;
            }
            claims.remove(lowest);
        }
        claims.add(new Claim("", best.height(), 0, best.rawQuality(), best.at(), Fate.FILTERED));
    }

    /** By a plain loop: it runs for each row of the history, a million times at a start. */
    private int lowestClaim() {
        int lowest = 0;
        for (int i = 1; i < claims.size(); i++) {
            if (Long.compareUnsigned(claims.get(i).height(), claims.get(lowest).height()) < 0) {
                lowest = i;
            }
        }
        return lowest;
    }

    /** A row of the history turns out to be this confirmed nonce. */
    synchronized void restore(Verdict confirmed) {
        boolean held = claims.removeIf(claim -> claim.print() == 0
                && claim.height() == confirmed.submission().height()
                && claim.rawQuality() == confirmed.confirmedRawQuality());
        if (held) {
            claims.add(Claim.of(confirmed));
        }
    }

    /**
     * A nonce came in. Returns the change of the history, if it is the machine's best of the block.
     *
     * @param round the nonce's block hash; best always the same String, which then is compared by a glance
     */
    synchronized Optional<HistoryChange> received(FateChanged event, String round, long nanos) {
        lastSubmissionNanos = nanos;
        Claim claim = Claim.of(event, round);
        @Nullable Claim before = best(claim.height());
        claims.removeIf(old -> old.print() == 0
                && old.height() == claim.height()
                && old.rawQuality() == claim.rawQuality());
        claims.add(claim);
        forgetWorst(claim.blockHash());
        return changed(claim.height(), before);
    }

    /** A nonce's fate changed. Returns the change of the history, if that changes the machine's best of the block. */
    synchronized Optional<HistoryChange> moved(FateChanged event) {
        long print = Claim.print(event.nonce().submission());
        long height = event.nonce().submission().height();
        @Nullable Claim before = best(height);
        boolean held = claims.removeIf(claim -> claim.isOf(event.nonce().submission().blockHash(), print));
        if (!held) {
            return Optional.empty();
        }
        if (event.after() != Fate.REJECTED) {
            claims.add(Claim.of(event, event.nonce().submission().blockHash()));
        }
        return changed(height, before);
    }

    private Optional<HistoryChange> changed(long height, @Nullable Claim before) {
        @Nullable Claim now = best(height);
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

    /** By plain loops, here and below: they run for each nonce. */
    private @Nullable Claim best(long height) {
        @Nullable Claim best = null;
        for (Claim claim : claims) {
            if (claim.height() == height && (best == null || BETTER.compare(claim, best) < 0)) {
                best = claim;
            }
        }
        return best;
    }

    private void forgetWorst(String round) {
        int ofRound = 0;
        @Nullable Claim worst = null;
        for (Claim claim : claims) {
            if (claim.blockHash().equals(round)) {
                ofRound++;
                worst = worst == null || BETTER.compare(claim, worst) > 0 ? claim : worst;
            }
        }
        if (ofRound > CLAIMS_PER_ROUND) {
            claims.remove(worst);
        }
        while (claims.size() > MAX_CLAIMS) {
            claims.removeFirst();
        }
    }

    /** The best nonce of a round; one that was restored counts by its height, as the history knows no block hash. */
    synchronized Optional<Claim> bestOf(String blockHash, long height) {
        return claims.stream()
                .filter(claim -> claim.blockHash().equals(blockHash)
                        || (claim.print() == 0 && claim.height() == height))
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

    String machine() {
        return machine;
    }

    String accountId() {
        return accountId;
    }
}
