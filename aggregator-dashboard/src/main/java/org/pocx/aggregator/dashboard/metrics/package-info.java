/**
 * Figures for Prometheus. Start at {@link org.pocx.aggregator.dashboard.metrics.FarmMetrics}; what each metric means is
 * in {@code docs/metrics.md}.
 */
@NullMarked
package org.pocx.aggregator.dashboard.metrics;

import org.jspecify.annotations.NullMarked;
