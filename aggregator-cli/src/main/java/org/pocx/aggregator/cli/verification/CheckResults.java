package org.pocx.aggregator.cli.verification;

import org.pocx.aggregator.core.mining.ReceivedNonce;

/** Receives the result of each check. */
@FunctionalInterface
public interface CheckResults {

    /**
     * The quality of a nonce was computed. Called by several threads.
     *
     * @param rawQuality u64
     */
    void checked(ReceivedNonce nonce, long rawQuality);
}
