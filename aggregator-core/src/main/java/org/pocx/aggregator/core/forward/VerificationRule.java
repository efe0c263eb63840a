package org.pocx.aggregator.core.forward;

import java.time.Duration;

/** Which candidates are verified before they are sent. Fast: asked under the lock of a lane. */
@FunctionalInterface
interface VerificationRule {
    /** No candidate is verified. */
    VerificationRule NONE = (candidate, facts) -> Duration.ZERO;

    /** For how long the candidate may wait for its verification; zero if it is not to be verified. */
    Duration timeFor(Candidate candidate, LaneFacts facts);
}
