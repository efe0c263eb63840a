/** When a nonce without a verdict is sent again: {@link org.pocx.aggregator.core.retry.RetryPolicy} and its implementations. */
@NullMarked
package org.pocx.aggregator.core.retry;

import org.jspecify.annotations.NullMarked;
