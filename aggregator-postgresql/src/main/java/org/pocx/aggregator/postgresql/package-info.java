/** The stores' ports on PostgreSQL. Start at {@link org.pocx.aggregator.postgresql.PostgresqlStore}. */
@NullMarked
package org.pocx.aggregator.postgresql;

import org.jspecify.annotations.NullMarked;
