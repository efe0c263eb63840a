/**
 * Writes each change to the store, and keeps what cannot be written. Start at {@link
 * org.pocx.aggregator.core.outbox.StoreWriter}.
 */
@NullMarked
package org.pocx.aggregator.core.outbox;

import org.jspecify.annotations.NullMarked;
