package org.pocx.aggregator.core.upstream;

import org.pocx.aggregator.core.mining.NonceSubmission;

/**
 * The pool or wallet that the farm mines for.
 *
 * <p>Both calls block the calling (virtual) thread, are made from many threads at once, end within a time limit that
 * the implementation keeps, and report whatever goes wrong as a value: they throw for bugs alone. A call whose thread
 * is interrupted ends soon, as {@link UpstreamTrouble.Unreachable}. What has been sent may arrive even so; sending a
 * nonce twice is harmless by the protocol.
 */
public interface Upstream extends AutoCloseable {

    /** Asks for the mining info of the block that is being mined now. */
    MiningInfoOutcome fetchMiningInfo();

    /** Sends one nonce, once, and reports the upstream's verdict on it. */
    SubmitOutcome submit(NonceSubmission submission);

    /**
     * A text that changes when the credentials do (never the credentials themselves). After {@link
     * UpstreamTrouble.Unauthorized} a change of it makes the aggregator try again at once instead of after 10 s. Called
     * about once a second; must be quick. The default never changes.
     */
    default String credentialsStamp() {
        return "";
    }

    /** Ends running calls soon and releases what the upstream holds. Idempotent. */
    @Override
    default void close() {}
}
