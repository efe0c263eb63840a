/**
 * Records what the farm does, for charts, lists and the feed of events: rounds, minutes, events. Start at {@link
 * org.pocx.aggregator.statistics.record.HistoryRecorder}; it is read through {@link
 * org.pocx.aggregator.statistics.history.FarmHistory}.
 */
@NullMarked
package org.pocx.aggregator.statistics.record;

import org.jspecify.annotations.NullMarked;
