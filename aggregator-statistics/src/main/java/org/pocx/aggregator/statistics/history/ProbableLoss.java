package org.pocx.aggregator.statistics.history;

import java.time.Instant;

/**
 * A block that the farm should have won and did not: the poc_time of its best confirmed nonce was over for 15 s before
 * the round ended, and the block has another winner. Height and signature together identify it.
 *
 * @param height u64, of the block
 * @param signature the generation signature of its round: 64 lower-case hex characters
 * @param at when the round ended, wall clock
 * @param accountId of the nonce: 40 lower-case hex characters
 * @param machine id of the machine that found the nonce
 * @param rawQuality u64, as confirmed
 * @param pocTime u64 seconds
 */
public record ProbableLoss(
        long height,
        String signature,
        Instant at,
        String accountId,
        String machine,
        long rawQuality,
        long pocTime) {}
