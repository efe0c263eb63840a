/** A whole aggregator as one object: start at {@link org.pocx.aggregator.protocol.AggregatorServer}. */
@NullMarked
package org.pocx.aggregator.protocol;

import org.jspecify.annotations.NullMarked;
