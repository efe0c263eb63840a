/**
 * The port to durable memory: outbox, rounds, verdicts and history. Start at {@link
 * org.pocx.aggregator.core.store.SubmissionStore}.
 */
@NullMarked
package org.pocx.aggregator.core.store;

import org.jspecify.annotations.NullMarked;
