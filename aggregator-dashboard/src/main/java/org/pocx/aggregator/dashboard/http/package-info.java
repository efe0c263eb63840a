/** Paths, parameters and answers of the dashboard's port. Start at {@link org.pocx.aggregator.dashboard.http.Router}. */
@NullMarked
package org.pocx.aggregator.dashboard.http;

import org.jspecify.annotations.NullMarked;
