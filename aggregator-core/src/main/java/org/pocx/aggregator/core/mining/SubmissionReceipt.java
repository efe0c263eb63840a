package org.pocx.aggregator.core.mining;

/**
 * The nonce was taken: it is on its way to the upstream, or a better one is.
 *
 * @param rawQuality u64, as the miner claimed it
 * @param pocTime u64, the time in seconds after the previous block at which the nonce could forge; see {@link PocTime}
 */
public record SubmissionReceipt(long rawQuality, long pocTime) implements SubmissionAnswer {}
