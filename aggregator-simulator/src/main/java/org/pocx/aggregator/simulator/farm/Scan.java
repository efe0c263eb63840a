package org.pocx.aggregator.simulator.farm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.pocx.aggregator.core.SubmissionMode;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.simulator.chain.PlotTruth;

/**
 * What a machine finds in a round, drawn instead of searched for.
 *
 * <p>A plot of C TiB has 2^22 * C nonces with qualities uniform over 0 to 2^64-1, so the best of a scan is exponentially
 * distributed with a mean of 2^42 / C, and lies anywhere in the plot with equal chance. Before it, at the fraction f of
 * the scan, the best was that of a plot of f * C TiB that has nothing as good: the best itself plus an exponential of mean
 * 2^42 / (f * C). Going back in this way gives every improvement of the scan with the right qualities at the right times.
 * A scan reports by portions, a 64th of the plots at a time, and so the first find is that of the first portion.
 *
 * <p>The same settings, plot and round give the same finds.
 */
final class Scan {
    private static final double PORTION = 1.0 / 64;
    private static final double MEAN_OF_ONE_TIB = 0x1p42;

    private final SubmissionMode mode;
    private final long seed;

    Scan(SubmissionMode mode, long seed) {
        this.mode = mode;
        this.seed = seed;
    }

    /** What is worth submitting, in the order of the scan: the improvements of each account, or of the machine. */
    List<Find> finds(List<Plot> plots, MiningInfo round) {
        List<Find> finds = new ArrayList<>();
        for (Plot plot : plots) {
            scan(plot, round, finds);
        }
        finds.sort(Comparator.comparingDouble(Find::moment));
        return improvements(finds, round);
    }

    private void scan(Plot plot, MiningInfo round, List<Find> finds) {
        PlotTruth truth =
                PlotTruth.of(round.generationSignature(), plot.accountId(), plot.seed(), plot.compression());
        SplittableRandom random = new SplittableRandom(truth.nonceOf(seed));
        double quality = 0;
        for (double scanned = 1; scanned > PORTION;) {
            quality += -Math.log(1 - random.nextDouble()) * MEAN_OF_ONE_TIB / (plot.capacityTib() * scanned);
            double moment = Math.max(PORTION, scanned * random.nextDouble());
            finds.add(new Find(moment, submission(plot, round, truth, (long) quality)));
            scanned = moment;
        }
    }

    private static NonceSubmission submission(Plot plot, MiningInfo round, PlotTruth truth, long quality) {
        return new NonceSubmission(
                round.blockHash(),
                round.height(),
                round.generationSignature(),
                round.baseTarget(),
                plot.accountId(),
                plot.seed(),
                truth.nonceOf(quality),
                plot.compression(),
                quality);
    }

    private List<Find> improvements(List<Find> finds, MiningInfo round) {
        Map<String, Find> bests = new HashMap<>();
        List<Find> improvements = new ArrayList<>();
        for (Find find : finds) {
            Find best = bests.get(key(find));
            if ((best == null || find.isBetterThan(best)) && isWorthSubmitting(find, round)) {
                bests.put(key(find), find);
                improvements.add(find);
            }
        }
        return improvements;
    }

    private String key(Find find) {
        return switch (mode) {
            case POOL -> find.submission().accountId();
            case WALLET -> "";
        };
    }

    /** The rule of the upstream's target_quality, which a miner keeps. */
    private static boolean isWorthSubmitting(Find find, MiningInfo round) {
        long perBaseTarget = Long.divideUnsigned(find.submission().rawQuality(), round.baseTarget());
        return round.targetQuality() == MiningInfo.NO_TARGET_QUALITY
                || Long.compareUnsigned(perBaseTarget, round.targetQuality()) < 0;
    }
}
