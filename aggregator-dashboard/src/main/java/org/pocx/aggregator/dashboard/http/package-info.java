/** Parameters, content and errors of the dashboard's port. Start at {@link org.pocx.aggregator.dashboard.http.QueryHandler}. */
@NullMarked
package org.pocx.aggregator.dashboard.http;

import org.jspecify.annotations.NullMarked;
