package org.pocx.aggregator.statistics.blocks;

import java.time.Instant;
import java.util.List;
import org.pocx.aggregator.statistics.blocks.RoundShares.Share;
import org.pocx.aggregator.statistics.history.LuckSubject;

/**
 * Adds up the wins that the farm's capacity lets expect.
 *
 * <p>The best raw quality of a capacity of C TiB in a block is exponentially distributed with a mean of 2^42 / C
 * (protocol, "Estimates"). The least of several independent exponential variables is the i-th one with a probability of
 * its rate over the sum of all rates. So the farm wins a block with a probability of its capacity over that of the
 * network. The latter follows from the base target; it is (2^42 / block time) / base target.
 *
 * <p>Source of the farm's capacity: for each machine and account that had a nonce in the round, the best raw qualities of
 * the last 30 blocks that were not rejected, as confirmed where the upstream confirmed them. From n of them with the sum
 * S, 2^42 (n - 1) / S is unbiased, whereas the estimate that is shown as capacity, 2^42 n / S, is too large by n / (n -
 * 1), which would make the farm look unlucky. From a single block no unbiased capacity follows. There the probability is
 * taken that a network of that capacity has no better nonce than this one of quality q: exp(-q C / 2^42), whose mean is the
 * share of the machine in the two together. A machine counts only in rounds in which it had a nonce. The probabilities of
 * all are added, so those of the machines, or of the accounts, sum up to that of the farm. Together they are at most 1.
 *
 * <p>Alternative that was not chosen: the probability that nobody else is better than the farm's best quality of this
 * very round. It needs no estimate, but it contains the farm's own luck, and would hide it.
 */
final class WinExpectation {
    private static final double GENESIS = 0x1p42;
    private static final double TWO_63 = 0x1p63;

    private final double blockTimeSecs;
    private final RoundShares shares;
    private final LuckSums luck;

    WinExpectation(double blockTimeSecs, RoundShares shares, LuckSums luck) {
        this.blockTimeSecs = blockTimeSecs;
        this.shares = shares;
        this.luck = luck;
    }

    /**
     * A round has ended.
     *
     * @param height u64
     * @param baseTarget u64, of the round
     * @return the probability that the farm won its block
     */
    double add(long height, long baseTarget, Instant at) {
        double networkTib = GENESIS / blockTimeSecs / toDouble(baseTarget);
        List<Share> all = shares.of(height);
        double sum = all.stream()
                .mapToDouble(share -> probability(share, networkTib))
                .sum();
        double farm = Math.min(1, sum);
        if (!(farm > 0)) {
            return 0;
        }
        for (Share share : all) {
            double probability = probability(share, networkTib) * (farm / sum);
            luck.expect(LuckSubject.machine(share.machine()), at, probability);
            luck.expect(LuckSubject.account(share.accountId()), at, probability);
        }
        luck.expect(LuckSubject.FARM, at, farm);
        return farm;
    }

    private static double probability(Share share, double networkTib) {
        int blocks = share.blocks();
        return blocks == 1 ? Math.exp(-networkTib / share.tib()) : share.tib() * (blocks - 1) / blocks / networkTib;
    }

    private static double toDouble(long unsigned) {
        return unsigned >= 0 ? unsigned : (unsigned & Long.MAX_VALUE) + TWO_63;
    }
}
