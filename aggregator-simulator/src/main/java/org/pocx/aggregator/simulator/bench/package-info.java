/**
 * What the program does and costs: it runs as a child with its real store, beside a bare handler on the same HTTP engine,
 * between a load and an upstream that answers at once. Start at {@link
 * org.pocx.aggregator.simulator.bench.Benchmark}, then {@code Scene} and {@code Duel}.
 */
@NullMarked
package org.pocx.aggregator.simulator.bench;

import org.jspecify.annotations.NullMarked;
