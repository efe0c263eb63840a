package org.pocx.aggregator.core.filter;

import org.pocx.aggregator.core.mining.NonceSubmission;

/** For a wallet, which forges one block with one nonce: the best overall. */
final class GlobalBest implements SubmissionFilter {
    private static final String ALL = "all";

    @Override
    public String keyOf(NonceSubmission submission) {
        return ALL;
    }
}
