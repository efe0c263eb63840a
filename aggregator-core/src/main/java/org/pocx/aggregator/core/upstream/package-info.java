/**
 * The port to the pool or wallet, and all that it can answer. Start at {@link
 * org.pocx.aggregator.core.upstream.Upstream}.
 */
@NullMarked
package org.pocx.aggregator.core.upstream;

import org.jspecify.annotations.NullMarked;
