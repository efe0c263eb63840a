/**
 * The port to durable memory: outbox, rounds and verdicts. Start at {@link
 * org.pocx.aggregator.core.store.SubmissionStore}.
 */
@NullMarked
package org.pocx.aggregator.core.store;

import org.jspecify.annotations.NullMarked;
