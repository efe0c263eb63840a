package org.pocx.aggregator.simulator.farm;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.simulator.chain.QualityFunction;

/**
 * Computes the nonces that a machine finds in a plot, with random numbers instead of a plot file.
 *
 * <p>A plot of C TiB has 2^22 * C nonces with qualities uniformly distributed over 0 to 2^64-1. So the best quality of a
 * scan is exponentially distributed with a mean of 2^42 / C, and its position in the plot is uniformly distributed. When
 * the fraction f of the plot is scanned before that position, the best quality so far is the best quality of the whole
 * scan plus an exponentially distributed number with a mean of 2^42 / (f * C). Repeating this step backwards gives all
 * improvements of the scan, with their qualities and times. A scan reports after each 64th of the plot, so the first
 * nonce is the best of the first 64th.
 *
 * <p>Equal seeds, plots and rounds give equal nonces.
 */
record RandomScan(long seed) implements PlotScan {
    private static final double MIN_PROGRESS = 1.0 / 64;
    private static final double MEAN_OF_ONE_TIB = 0x1p42;

    @Override
    public List<FoundNonce> scan(Plot plot, MiningInfo round) {
        List<FoundNonce> found = new ArrayList<>();
        QualityFunction qualities =
                QualityFunction.of(round.generationSignature(), plot.accountId(), plot.seed(), plot.compression());
        SplittableRandom random = new SplittableRandom(qualities.nonceOf(seed));
        double quality = 0;
        for (double progress = 1; progress > MIN_PROGRESS;) {
            quality += -Math.log(1 - random.nextDouble()) * MEAN_OF_ONE_TIB / (plot.capacityTib() * progress);
            progress = Math.max(MIN_PROGRESS, progress * random.nextDouble());
            found.add(new FoundNonce(progress, plot, qualities.nonceOf((long) quality), (long) quality));
        }
        return found;
    }
}
