/**
 * The farm as JSON, shared by {@code /stats}, the API and the live feed. Start at {@link
 * org.pocx.aggregator.dashboard.json.JsonWriter}.
 */
@NullMarked
package org.pocx.aggregator.dashboard.json;

import org.jspecify.annotations.NullMarked;
