package org.pocx.aggregator.core.forward;

import org.pocx.aggregator.core.upstream.SubmitOutcome;

/**
 * A candidate on its way to an upstream.
 *
 * @param destination the upstream
 * @param term the lane's {@linkplain Lane#term term} when it was sent: a later one means that another upstream has become active
 * @param incarnation of the upstream
 * @param isResend whether it is the lane's confirmed best, sent again
 */
record Sending(Candidate candidate, Destination destination, long term, long incarnation, boolean isResend) {

    /** Sends it, and returns how that ended. */
    SubmitOutcome submit() {
        return destination.port().submit(candidate.submission(), candidate.machine());
    }
}
