/**
 * The farm's statistics for people and programs: a page, and {@code /stats} as JSON. Start at {@link
 * org.pocx.aggregator.dashboard.DashboardServer} and {@link org.pocx.aggregator.dashboard.StatsJson}.
 */
@NullMarked
package org.pocx.aggregator.dashboard;

import org.jspecify.annotations.NullMarked;
