/**
 * Records rounds, minutes and events, for charts and lists. Start at {@link
 * org.pocx.aggregator.statistics.record.HistoryRecorder}. The records are read through {@link
 * org.pocx.aggregator.statistics.history.FarmHistory}.
 */
@NullMarked
package org.pocx.aggregator.statistics.record;

import org.jspecify.annotations.NullMarked;
