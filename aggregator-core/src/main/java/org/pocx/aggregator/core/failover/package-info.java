/**
 * Which of several upstreams is the active one. Start at {@link org.pocx.aggregator.core.failover.FailoverPolicy}, which
 * decides and does nothing.
 */
@NullMarked
package org.pocx.aggregator.core.failover;

import org.jspecify.annotations.NullMarked;
