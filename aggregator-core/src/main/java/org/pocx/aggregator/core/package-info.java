/**
 * The facade that everything outside calls. Start at {@link org.pocx.aggregator.core.Aggregator}, which wires the rest:
 * {@code NonceIntake} takes a nonce from its miner and {@code PollIntake} a poll's answer from the upstream; {@code Restart} hands
 * out what an earlier process left; {@code EventPublisher} calls the listeners;
 * {@code UpstreamWatch} and {@code ClockWatch} observe upstream and clock.
 */
@NullMarked
package org.pocx.aggregator.core;

import org.jspecify.annotations.NullMarked;
