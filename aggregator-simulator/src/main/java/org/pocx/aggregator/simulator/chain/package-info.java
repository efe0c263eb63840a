/**
 * A PoCX chain as a state machine without sockets: it announces rounds, validates nonces as a node does, forges blocks
 * and forks, and logs the nonces that it received. Start at {@link
 * org.pocx.aggregator.simulator.chain.SimulatedChain}.
 */
@NullMarked
package org.pocx.aggregator.simulator.chain;

import org.jspecify.annotations.NullMarked;
