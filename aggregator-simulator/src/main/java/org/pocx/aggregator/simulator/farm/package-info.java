/**
 * A farm of mining machines that behave as the stock miner does, each with an address of its own, and a ledger of what
 * they found and what they were told. Start at {@link org.pocx.aggregator.simulator.farm.SimulatedFarm}.
 */
@NullMarked
package org.pocx.aggregator.simulator.farm;

import org.jspecify.annotations.NullMarked;
