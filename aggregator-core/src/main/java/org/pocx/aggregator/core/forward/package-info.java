/**
 * Sending the best nonces to the upstream until each has a verdict. Internal. Start at {@link
 * org.pocx.aggregator.core.forward.Forwarder}.
 *
 * <p>The forwarder has {@code RoundLanes} for each open round, and these a {@code LaneRunner} for each filter key. The runner
 * passes events to its {@code Lane}, a state machine, and performs the effects ({@code LaneEffect}) that the lane returns. The
 * lane consists of its {@code CandidateQueue} (which nonce is next), its {@code RetryTimer} (when) and its {@code
 * ResendSchedule} (when the confirmed best is sent again). The {@code Dispatcher} gives all lanes the slots of the upstream. An
 * {@code Attempt} sends one nonce.
 */
@NullMarked
package org.pocx.aggregator.core.forward;

import org.jspecify.annotations.NullMarked;
