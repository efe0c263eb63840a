/**
 * How time passes in a simulation: pauses as a port, and how much faster than the clock the simulated world runs. Start
 * at {@link org.pocx.aggregator.simulator.time.Speed}.
 */
@NullMarked
package org.pocx.aggregator.simulator.time;

import org.jspecify.annotations.NullMarked;
