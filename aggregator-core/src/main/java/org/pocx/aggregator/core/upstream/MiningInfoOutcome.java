package org.pocx.aggregator.core.upstream;

import org.pocx.aggregator.core.mining.MiningInfo;

/** How asking the upstream for mining info ended. */
public sealed interface MiningInfoOutcome permits MiningInfoOutcome.Fetched, UpstreamTrouble {

    /**
     * The upstream answered.
     *
     * @param info of the block that is being mined; the same block again is announced by an equal info
     */
    record Fetched(MiningInfo info) implements MiningInfoOutcome {}
}
