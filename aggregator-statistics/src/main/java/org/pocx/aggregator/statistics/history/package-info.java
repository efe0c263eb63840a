/**
 * The past of a farm: what is recorded of it, the port to where it is kept, and the questions to it. Start at {@link
 * org.pocx.aggregator.statistics.history.FarmHistory} to read it, and at {@link
 * org.pocx.aggregator.statistics.history.HistoryStore} to keep it.
 */
@NullMarked
package org.pocx.aggregator.statistics.history;

import org.jspecify.annotations.NullMarked;
