package org.pocx.aggregator.core.mining;

/**
 * What a miner that submitted a nonce is told.
 *
 * <p>The stock miner drops a nonce for good on any error that is answered, and sends it again when the connection is
 * closed without an answer. So a nonce that may be good is never refused: where it can neither be taken nor judged, the
 * answer is {@link NoAnswer}.
 */
public sealed interface SubmissionAnswer permits SubmissionReceipt, SubmissionRefusal, NoAnswer {}
