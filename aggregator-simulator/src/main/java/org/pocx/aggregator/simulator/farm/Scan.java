package org.pocx.aggregator.simulator.farm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.pocx.aggregator.core.SubmissionMode;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.simulator.chain.QualityFunction;

/**
 * Computes the nonces that a machine finds in a round, with random numbers instead of plot files.
 *
 * <p>A plot of C TiB has 2^22 * C nonces with qualities uniformly distributed over 0 to 2^64-1. So the best quality of a
 * scan is exponentially distributed with a mean of 2^42 / C, and its position in the plot is uniformly distributed. When
 * the fraction f of the plot is scanned before that position, the best quality so far is the best quality of the whole
 * scan plus an exponentially distributed number with a mean of 2^42 / (f * C). Repeating this step backwards gives all
 * improvements of the scan, with their qualities and times. A scan reports after each 64th of the plot, so the first
 * nonce is the best of the first 64th.
 *
 * <p>Equal settings, plots and rounds give equal nonces.
 */
final class Scan {
    private static final double MIN_PROGRESS = 1.0 / 64;
    private static final double MEAN_OF_ONE_TIB = 0x1p42;

    private final SubmissionMode mode;
    private final long seed;

    Scan(SubmissionMode mode, long seed) {
        this.mode = mode;
        this.seed = seed;
    }

    /** Returns the nonces to submit, in the order of the scan: the improvements of each account, or of the machine. */
    List<FoundNonce> run(List<Plot> plots, MiningInfo round) {
        List<FoundNonce> found = new ArrayList<>();
        for (Plot plot : plots) {
            scan(plot, round, found);
        }
        found.sort(Comparator.comparingDouble(FoundNonce::progress));
        return improvements(found, round);
    }

    private void scan(Plot plot, MiningInfo round, List<FoundNonce> found) {
        QualityFunction qualities =
                QualityFunction.of(round.generationSignature(), plot.accountId(), plot.seed(), plot.compression());
        SplittableRandom random = new SplittableRandom(qualities.nonceOf(seed));
        double quality = 0;
        for (double progress = 1; progress > MIN_PROGRESS;) {
            quality += -Math.log(1 - random.nextDouble()) * MEAN_OF_ONE_TIB / (plot.capacityTib() * progress);
            progress = Math.max(MIN_PROGRESS, progress * random.nextDouble());
            found.add(new FoundNonce(progress, plot, qualities.nonceOf((long) quality), (long) quality));
        }
    }

    private List<FoundNonce> improvements(List<FoundNonce> found, MiningInfo round) {
        Map<String, FoundNonce> bests = new HashMap<>();
        List<FoundNonce> improvements = new ArrayList<>();
        for (FoundNonce nonce : found) {
            FoundNonce best = bests.get(key(nonce));
            if ((best == null || nonce.isBetterThan(best)) && isWithinTarget(nonce, round)) {
                bests.put(key(nonce), nonce);
                improvements.add(nonce);
            }
        }
        return improvements;
    }

    private String key(FoundNonce nonce) {
        return switch (mode) {
            case POOL -> nonce.plot().accountId();
            case WALLET -> "";
        };
    }

    /** Whether the nonce is good enough for the upstream's target_quality. */
    private static boolean isWithinTarget(FoundNonce nonce, MiningInfo round) {
        long adjusted = Long.divideUnsigned(nonce.rawQuality(), round.baseTarget());
        return round.targetQuality() == MiningInfo.NO_TARGET_QUALITY
                || Long.compareUnsigned(adjusted, round.targetQuality()) < 0;
    }
}
