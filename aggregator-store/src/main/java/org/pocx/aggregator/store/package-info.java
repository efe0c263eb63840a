/**
 * The core's store on SQLite. It opens the history of the other aggregator in place, and adds the tables that a restart
 * needs. Start at {@link org.pocx.aggregator.store.SqliteSubmissionStore}.
 */
@NullMarked
package org.pocx.aggregator.store;

import org.jspecify.annotations.NullMarked;
