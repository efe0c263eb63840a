/**
 * The facade that everything outside calls. Start at {@link org.pocx.aggregator.core.Aggregator}.
 */
@NullMarked
package org.pocx.aggregator.core;

import org.jspecify.annotations.NullMarked;
