package org.pocx.aggregator.core.upstream;

/**
 * How much is on its way to the upstream at one moment.
 *
 * @param inFlight nonces being sent, 0 to the limit; without those that an upstream lets wait for their verdicts
 * @param maxInFlight the limit
 * @param lanesReady lanes with a nonce to send that wait for a slot of the upstream
 * @param lanesHeld lanes with a nonce to send that wait for something else: a back-off, a poll, credentials, or their round's
 *     return
 */
public record ForwardLoad(int inFlight, int maxInFlight, int lanesReady, int lanesHeld) {}
