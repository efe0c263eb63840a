package org.pocx.aggregator.statistics.history;

import java.time.Instant;

/**
 * A row of the history: the best received nonce of one account, machine and block that was not rejected.
 *
 * @param accountId 40 lower-case hex characters
 * @param machine the machine's id
 * @param height u64
 * @param rawQuality u64
 * @param at when it was received, wall clock
 */
public record BestNonce(String accountId, String machine, long height, long rawQuality, Instant at) {}
