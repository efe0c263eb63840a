package org.pocx.aggregator.core.upstream;

import org.pocx.aggregator.core.mining.MiningInfo;

/** How asking the upstream for mining info ended. */
public sealed interface MiningInfoOutcome permits MiningInfoOutcome.Fetched, UpstreamTrouble {

    /** The upstream answered. */
    record Fetched(MiningInfo info) implements MiningInfoOutcome {}
}
