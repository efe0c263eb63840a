/**
 * The core's store on SQLite: the history that the other aggregator in the field keeps, opened in place, and beside it
 * the tables that let a restart lose nothing. Start at {@link org.pocx.aggregator.store.SqliteSubmissionStore}.
 */
@NullMarked
package org.pocx.aggregator.store;

import org.jspecify.annotations.NullMarked;
