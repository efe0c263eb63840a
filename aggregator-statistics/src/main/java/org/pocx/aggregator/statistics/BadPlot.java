package org.pocx.aggregator.statistics;

import java.time.Instant;

/**
 * A plot of which at least one nonce has another quality than its machine stated: the plot file is damaged, or the machine
 * states false qualities.
 *
 * @param machine the machine that sent the nonces
 * @param accountId the plot's account: 40 lower-case hex characters
 * @param seed the plot's seed: 64 lower-case hex characters
 * @param firstBadNonce the lowest number of a bad nonce, u64
 * @param lastBadNonce the highest number of a bad nonce, u64
 * @param checked nonces of the plot that were checked, good ones included
 * @param bad those of them that were bad, at least 1
 * @param lastSeen when the last bad nonce was received, wall clock
 */
public record BadPlot(
        String machine,
        String accountId,
        String seed,
        long firstBadNonce,
        long lastBadNonce,
        long checked,
        long bad,
        Instant lastSeen) {}
