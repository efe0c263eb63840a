/**
 * Writes down what the farm does, for charts, lists and the feed of events: rounds, minutes, events. Start at {@link
 * org.pocx.aggregator.core.history.HistoryRecorder}; it is read through {@link
 * org.pocx.aggregator.core.store.FarmHistory}.
 */
@NullMarked
package org.pocx.aggregator.core.history;

import org.jspecify.annotations.NullMarked;
