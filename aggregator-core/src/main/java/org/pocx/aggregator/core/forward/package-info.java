/**
 * Sending the best nonces to the upstream until each has an answer. Start at {@link
 * org.pocx.aggregator.core.forward.Forwarder}.
 */
@NullMarked
package org.pocx.aggregator.core.forward;

import org.jspecify.annotations.NullMarked;
