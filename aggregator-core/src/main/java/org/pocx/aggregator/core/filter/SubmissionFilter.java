package org.pocx.aggregator.core.filter;

import org.pocx.aggregator.core.mining.NonceSubmission;

/**
 * Says who competes with whom: of all submissions of one round that have the same key, the upstream needs the best one
 * only. The others wait until the best one has a verdict.
 *
 * <p>Thread-safe, without side effects, never blocking: it is called for each submission on its miner's thread, and
 * again for what a restart finds in the store, so the key of a nonce must be the same in the next process. What it throws
 * costs that nonce its answer: the connection is closed and the miner sends again.
 *
 * <p>The contract test is {@code SubmissionFilterContract} in the test jar of this module.
 */
@FunctionalInterface
public interface SubmissionFilter {

    /**
     * Names the competition that a submission takes part in; equal keys compete.
     *
     * @param submission checked in its form and against its round
     * @return never null; short, as it is kept for as long as the round is open, and not made from the claimed quality,
     *     or nothing would ever compete. A round has room for 20,000 keys: with more, nonces under new ones are not
     *     answered until others come to rest
     */
    String keyOf(NonceSubmission submission);
}
