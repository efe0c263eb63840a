/**
 * A PoCX chain as a state machine without sockets: it announces rounds, judges nonces as a node does, forges blocks,
 * forks and restarts, and keeps a ledger to compare with. Start at {@link
 * org.pocx.aggregator.simulator.chain.SimulatedChain}.
 */
@NullMarked
package org.pocx.aggregator.simulator.chain;

import org.jspecify.annotations.NullMarked;
