/**
 * Metrics for Prometheus. Start at {@link org.pocx.aggregator.dashboard.metrics.FarmMetrics}. Each metric is described
 * in {@code docs/metrics.md}.
 */
@NullMarked
package org.pocx.aggregator.dashboard.metrics;

import org.jspecify.annotations.NullMarked;
