package org.pocx.aggregator.core.filter;

import java.util.concurrent.CompletableFuture;
import org.pocx.aggregator.core.mining.ReceivedNonce;

/**
 * Computes the quality of nonces, so that a false claim is found before it is sent to the upstream.
 *
 * <p>The aggregator asks for a nonce that would be sent now, if its machine had no nonce confirmed or verified within a day
 * and its compression is at most that of the round's target (and at most 6). It waits for the result for at most 500 ms and
 * a quarter of the nonce's poc_time; then the nonce is sent unverified. If the quality is what the miner claims, the nonce is
 * sent and its machine is trusted for a day. If it is worse, the nonce counts as rejected and is not sent.
 *
 * <p>Called by any thread and for several nonces at once: 64 at most, one for each address.
 */
@FunctionalInterface
public interface NonceVerifier {

    /**
     * Begins to compute the quality of a nonce. Must return within microseconds: the computation runs on another thread.
     *
     * @param nonce the nonce, with the machine that it counts for
     * @return completes with the nonce's raw quality, u64; exceptionally if it cannot be computed, and then the nonce is sent
     *     unverified. The aggregator cancels it when it does not need the result any more
     */
    CompletableFuture<Long> quality(ReceivedNonce nonce);
}
