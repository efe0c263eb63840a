package org.pocx.aggregator.statistics.record;

import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.pocx.aggregator.statistics.finding.BaselineSource;
import org.pocx.aggregator.statistics.finding.CapacityDrop;
import org.pocx.aggregator.statistics.finding.Finding;
import org.pocx.aggregator.statistics.finding.PlotOverlap;

/** The details of findings in the list of events. */
final class FindingWords {
    private FindingWords() {}

    static String of(Finding.CapacityDropped dropped) {
        CapacityDrop drop = dropped.drop();
        return tib(drop.measuredTib()) + " instead of " + tib(drop.baselineTib()) + " TiB ("
                + of(drop.source()) + ") since " + drop.since().truncatedTo(ChronoUnit.SECONDS);
    }

    static String of(Finding.CapacityRestored restored) {
        CapacityDrop drop = restored.drop();
        return tib(restored.measuredTib()) + " of " + tib(drop.baselineTib()) + " TiB (" + of(drop.source()) + ")";
    }

    static String of(Finding.PlotsOverlap found) {
        PlotOverlap overlap = found.overlap();
        return "same plot files as " + overlap.machineB() + ": " + overlap.nonces() + " equal nonces in "
                + overlap.rounds() + " rounds";
    }

    private static String of(BaselineSource source) {
        return switch (source) {
            case CONFIGURED -> "configured";
            case LEARNED -> "learned";
        };
    }

    private static String tib(double tib) {
        return Double.isFinite(tib) ? String.format(Locale.ROOT, tib < 10 ? "%.2f" : "%.1f", tib) : "0.0";
    }
}
