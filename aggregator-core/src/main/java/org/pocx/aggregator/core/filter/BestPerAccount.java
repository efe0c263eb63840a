package org.pocx.aggregator.core.filter;

import org.pocx.aggregator.core.mining.NonceSubmission;

/** For a pool, which pays each account by its best nonce of a round: the best per account. */
final class BestPerAccount implements SubmissionFilter {

    @Override
    public String keyOf(NonceSubmission submission) {
        return submission.accountId();
    }
}
