/**
 * What the program costs: it runs as a child with its real store, between a load generator and an upstream that answers
 * at once, each in a process of its own. Start at {@link org.pocx.aggregator.simulator.bench.CostBenchmark}.
 */
@NullMarked
package org.pocx.aggregator.simulator.bench;

import org.jspecify.annotations.NullMarked;
