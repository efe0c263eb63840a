/**
 * Sends alerts to one webhook, with or without a dashboard. Start at {@link
 * org.pocx.aggregator.dashboard.alert.WebhookAlerts}. The messages are described in {@code docs/alerts.md}.
 */
@NullMarked
package org.pocx.aggregator.dashboard.alert;

import org.jspecify.annotations.NullMarked;
