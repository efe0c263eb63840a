/**
 * Sends events and summaries to open pages as server-sent events. Start at {@link
 * org.pocx.aggregator.dashboard.live.LiveFeed}.
 */
@NullMarked
package org.pocx.aggregator.dashboard.live;

import org.jspecify.annotations.NullMarked;
