/**
 * Serves a simulated chain on a socket, as a node or a pool does, with the faults that a test asks for. Start at {@link
 * org.pocx.aggregator.simulator.node.ChainServer}.
 */
@NullMarked
package org.pocx.aggregator.simulator.node;

import org.jspecify.annotations.NullMarked;
