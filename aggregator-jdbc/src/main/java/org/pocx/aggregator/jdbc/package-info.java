/**
 * What the stores on SQL databases have in common: the order of changes, their rows, reading them, and retention. Each
 * store provides a {@link org.pocx.aggregator.jdbc.StoreDatabase}. Start at {@link org.pocx.aggregator.jdbc.JdbcStore}.
 */
@NullMarked
package org.pocx.aggregator.jdbc;

import org.jspecify.annotations.NullMarked;
