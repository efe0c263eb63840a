/**
 * Sending the best nonces to the upstream until each has an answer. Start at {@link
 * org.pocx.aggregator.core.forward.Forwarder}.
 *
 * <p>It has {@code RoundLanes} for each open round, and these a {@code Lane} for each filter key. A lane's parts are its
 * {@link org.pocx.aggregator.core.filter.Ladder}, which says what is next, its {@code Pause}, which says when, and its
 * {@code LaneLedger}, which has it written down and told. All lanes share one {@code Dispatcher}, which gives each its turn
 * at the upstream: from the {@code WaitingLine} into one of the {@code Slots}, for as long as its {@code Patience} lasts. An
 * {@code Attempt} then asks the upstream.
 */
@NullMarked
package org.pocx.aggregator.core.forward;

import org.jspecify.annotations.NullMarked;
