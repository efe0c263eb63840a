package org.pocx.aggregator.statistics.finding;

import org.pocx.aggregator.core.mining.MinerId;

/** Something that the owner has to look at, or the end of it. Immutable; no value is null. */
public sealed interface Finding {

    /**
     * A machine lost a part of its capacity. Published once, and again when a loss of a quarter has become one of half.
     *
     * @param miner the machine
     * @param drop since when, and how much
     */
    record CapacityDropped(MinerId miner, CapacityDrop drop) implements Finding {}

    /**
     * A machine has its expected capacity again.
     *
     * @param miner the machine
     * @param drop the loss that is over
     * @param measuredTib the capacity since its return, in TiB
     */
    record CapacityRestored(MinerId miner, CapacityDrop drop, double measuredTib) implements Finding {}

    /**
     * Two machines mine the same plot files. Published once for each pair.
     *
     * @param machineA the first machine of the overlap
     * @param machineB the second one
     * @param overlap since when, and how many equal nonces
     */
    record PlotsOverlap(MinerId machineA, MinerId machineB, PlotOverlap overlap) implements Finding {}
}
