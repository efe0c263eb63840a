/**
 * A simulated chain on a socket, as a node or a pool serves it, with every trouble that they get into, on demand. Start at
 * {@link org.pocx.aggregator.simulator.node.ChainServer}.
 */
@NullMarked
package org.pocx.aggregator.simulator.node;

import org.jspecify.annotations.NullMarked;
