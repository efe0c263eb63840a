package org.pocx.aggregator.statistics.history;

import java.time.Instant;

/**
 * A generation signature that the upstream announced.
 *
 * @param height u64, of the block being mined
 * @param signature 64 lower-case hex characters
 * @param baseTarget u64, as last announced
 * @param begunAt when it was first announced, wall clock
 */
public record RoundSignature(long height, String signature, long baseTarget, Instant begunAt) {}
