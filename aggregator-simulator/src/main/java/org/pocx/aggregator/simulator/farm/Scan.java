package org.pocx.aggregator.simulator.farm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pocx.aggregator.core.SubmissionMode;
import org.pocx.aggregator.core.mining.MiningInfo;

/** Scans all plots of a machine for a round, and selects the nonces to submit. Immutable. */
final class Scan {
    private final SubmissionMode mode;
    private final PlotScan plotScan;

    Scan(SubmissionMode mode, PlotScan plotScan) {
        this.mode = mode;
        this.plotScan = plotScan;
    }

    /** Returns the nonces to submit, in the order of the scan: the improvements of each account, or of the machine. */
    List<FoundNonce> run(List<Plot> plots, MiningInfo round) {
        List<FoundNonce> found = new ArrayList<>();
        for (Plot plot : plots) {
            found.addAll(plotScan.scan(plot, round));
        }
        found.sort(Comparator.comparingDouble(FoundNonce::progress));
        return improvements(found, round);
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
