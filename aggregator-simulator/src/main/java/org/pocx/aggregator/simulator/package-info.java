/**
 * A chain and a farm in one process, for demonstrations, benchmarks and tests. {@link
 * org.pocx.aggregator.simulator.Simulation} combines them. Tests use the parts: {@link
 * org.pocx.aggregator.simulator.chain.SimulatedChain}, {@link org.pocx.aggregator.simulator.node.ChainServer} and {@link
 * org.pocx.aggregator.simulator.farm.SimulatedFarm}.
 */
@NullMarked
package org.pocx.aggregator.simulator;

import org.jspecify.annotations.NullMarked;
