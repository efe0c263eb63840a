package org.pocx.aggregator.core.filter;

import org.pocx.aggregator.core.mining.NonceSubmission;

/**
 * Decides which nonces the upstream gets: those that are accepted, and of all accepted nonces of one round that have the same
 * key, the best ones only. The others wait until the best ones have a verdict.
 *
 * <pre>{@code
 * // The three best nonces of each account, if they are below a limit:
 * record ThreeBelow(long limit) implements SubmissionFilter {
 *     public String keyOf(NonceSubmission submission) {
 *         return submission.accountId();
 *     }
 *
 *     public boolean accepts(NonceSubmission submission) {
 *         return Long.compareUnsigned(submission.rawQuality(), limit) < 0;
 *     }
 *
 *     public int bestPerKey() {
 *         return 3;
 *     }
 * }
 * }</pre>
 *
 * <p>Thread-safe, without side effects, never blocking: it is called for each submission on its miner's thread, and
 * again for what a restart finds in the store. If it throws, that nonce gets no answer: the connection is closed and the miner
 * sends it again.
 *
 * <p>The contract test is {@code SubmissionFilterContract} in the test jar of this module.
 */
@FunctionalInterface
public interface SubmissionFilter {
    /** The largest {@link #bestPerKey}. */
    int MAX_BEST_PER_KEY = 32;

    /**
     * Names the competition that a submission takes part in; equal keys compete. The key of a nonce must be the same in the
     * next process.
     *
     * @param submission checked in its form and against its round
     * @return never null; short, as it is kept for as long as the round is open, and not made from the claimed quality,
     *     or nothing would ever compete. A round has room for 20,000 keys: with more, nonces under new ones are not
     *     answered until others come to rest
     */
    String keyOf(NonceSubmission submission);

    /**
     * Whether the submission may be sent to the upstream at all. One that may not is answered as success, counts as filtered,
     * and is neither kept nor sent. Default: all may.
     *
     * @param submission checked in its form and against its round
     * @return false to filter it out. May depend on the claimed quality. The answer may change over time; a nonce that was
     *     filtered out is not sent when its miner submits it again. Nonces that a restart finds in the outbox are asked again
     */
    default boolean accepts(NonceSubmission submission) {
        return true;
    }

    /**
     * How many nonces of a round and key the upstream needs: it is sent a nonce only if that is strictly better than the worst
     * of so many that it confirmed, or it confirmed fewer. Two claims for the same nonce count once. Default: 1.
     *
     * <p>When the upstream may have forgotten what it confirmed, only the best one is sent again.
     *
     * @return 1 to {@value #MAX_BEST_PER_KEY}, always the same
     */
    default int bestPerKey() {
        return 1;
    }

    /** {@return for a pool, which pays each account by its best nonce of a round: the best of each account} */
    static SubmissionFilter bestPerAccount() {
        return new BestPerAccount();
    }

    /** {@return for a wallet, which forges one block with one nonce: the best of all} */
    static SubmissionFilter globalBest() {
        return new GlobalBest();
    }
}
