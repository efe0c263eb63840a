/** The lists and series under {@code /api}. Start at {@link org.pocx.aggregator.dashboard.api.Api}. */
@NullMarked
package org.pocx.aggregator.dashboard.api;

import org.jspecify.annotations.NullMarked;
