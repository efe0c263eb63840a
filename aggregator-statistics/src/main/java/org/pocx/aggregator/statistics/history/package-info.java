/**
 * The past of a farm: its records, queries, and the port for storing them. Start at {@link
 * org.pocx.aggregator.statistics.history.FarmHistory} to read it and at {@link
 * org.pocx.aggregator.statistics.history.HistoryStore} to keep it.
 */
@NullMarked
package org.pocx.aggregator.statistics.history;

import org.jspecify.annotations.NullMarked;
