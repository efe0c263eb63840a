/**
 * Measures what the program does and costs. The program runs as a child process with its real store, next to a minimal
 * handler on the same HTTP engine; this process is the miners and the upstream. Start at {@link
 * org.pocx.aggregator.bench.Benchmark}, then {@code Scenario} and {@code Comparison}.
 */
@NullMarked
package org.pocx.aggregator.bench;

import org.jspecify.annotations.NullMarked;
