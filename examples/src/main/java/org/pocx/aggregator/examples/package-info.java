/**
 * Three small programs that take the aggregator apart: a pool around the core, the whole server with another store, and
 * the core behind another transport. Start at {@link org.pocx.aggregator.examples.EmbeddedPool}.
 */
@NullMarked
package org.pocx.aggregator.examples;

import org.jspecify.annotations.NullMarked;
