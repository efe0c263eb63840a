package org.pocx.aggregator.simulator.farm;

import java.util.List;
import org.pocx.aggregator.core.mining.MiningInfo;

/** Finds nonces in one plot. Called by several threads at once. */
@FunctionalInterface
interface PlotScan {
    /**
     * Scans a plot for a round.
     *
     * @return nonces of the plot in any order, those that improve on what was scanned before them among them
     */
    List<FoundNonce> scan(Plot plot, MiningInfo round);
}
