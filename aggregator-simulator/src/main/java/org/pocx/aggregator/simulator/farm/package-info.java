/**
 * A farm of mining machines that work as the stock miner does. Each has its own address, and a log shows what they found
 * and which answers they received. Start at {@link org.pocx.aggregator.simulator.farm.SimulatedFarm}.
 */
@NullMarked
package org.pocx.aggregator.simulator.farm;

import org.jspecify.annotations.NullMarked;
