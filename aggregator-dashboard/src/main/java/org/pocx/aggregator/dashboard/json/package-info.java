/** The farm in JSON: what {@code /stats}, the API and the live feed have in common. Start at {@link
 * org.pocx.aggregator.dashboard.json.JsonWriter}. */
@NullMarked
package org.pocx.aggregator.dashboard.json;

import org.jspecify.annotations.NullMarked;
