package org.pocx.aggregator.simulator;

import java.net.URI;

/**
 * Receives the restarts of the node. For the events of the chain, see {@link Simulation#chain()}. Calls come from the
 * threads of the simulation and must return quickly.
 */
public interface SimulationListener {

    /**
     * The node stops for a restart.
     *
     * @param node its address
     */
    default void nodeDown(URI node) {}

    /**
     * The node has started again. It loads its blocks first, and answers the next requests with an error.
     *
     * @param node its address, the same as before
     */
    default void nodeUp(URI node) {}
}
