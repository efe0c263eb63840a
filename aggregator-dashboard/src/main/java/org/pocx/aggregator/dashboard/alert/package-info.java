/**
 * Alerts to one webhook, with or without a dashboard. Start at {@link
 * org.pocx.aggregator.dashboard.alert.WebhookAlerts}; what is posted is in {@code docs/alerts.md}.
 */
@NullMarked
package org.pocx.aggregator.dashboard.alert;

import org.jspecify.annotations.NullMarked;
