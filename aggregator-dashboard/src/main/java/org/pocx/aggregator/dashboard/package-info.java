/**
 * The farm's statistics as a web page, and as JSON at {@code /stats}. Start at {@link
 * org.pocx.aggregator.dashboard.DashboardServer} and {@link org.pocx.aggregator.dashboard.StatsJson}.
 */
@NullMarked
package org.pocx.aggregator.dashboard;

import org.jspecify.annotations.NullMarked;
