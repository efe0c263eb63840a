package org.pocx.aggregator.core.filter;

import org.pocx.aggregator.core.mining.NonceSubmission;

/**
 * Says who competes with whom: of all submissions of one round that have the same key, the upstream needs the best one
 * alone. What becomes of the others is the {@link Ladder}'s business.
 *
 * <p>Thread-safe and without side effects; called for each submission.
 */
@FunctionalInterface
public interface SubmissionFilter {

    /** The key of a submission; equal keys compete. Short: it is kept for as long as the round is open. */
    String keyOf(NonceSubmission submission);
}
