/**
 * Time in a simulation: the ratio of simulated time to real time, and pauses. Start at {@link
 * org.pocx.aggregator.simulator.time.Speed}.
 */
@NullMarked
package org.pocx.aggregator.simulator.time;

import org.jspecify.annotations.NullMarked;
