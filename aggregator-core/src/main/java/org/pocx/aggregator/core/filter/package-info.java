/**
 * Which nonces are worth sending: one ladder of candidates for each round and key. Start at {@link
 * org.pocx.aggregator.core.filter.SubmissionFilter}, then {@link org.pocx.aggregator.core.filter.Ladder}.
 */
@NullMarked
package org.pocx.aggregator.core.filter;

import org.jspecify.annotations.NullMarked;
