package org.pocx.aggregator.core.upstream;

import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.NonceSubmission;

/**
 * The pool or wallet that the farm mines for.
 *
 * <p><b>Threads.</b> Both calls block the calling (virtual) thread and are made from many threads at once: nonces up to
 * the builder's {@code maxInFlight}, questions for mining info up to 12 beside them while some hang. Nonces arrive in no
 * certain order, and those of a round may come after the next round was announced.
 *
 * <p><b>Time.</b> Each call ends within a time limit that the implementation keeps; without one, a peer that hangs takes
 * a slot for good. A call whose thread is interrupted ends soon, as {@link UpstreamTrouble#unreachable} where nothing is
 * known. What has been sent may arrive even so; sending a nonce twice is harmless by the protocol, and happens.
 *
 * <p><b>Errors.</b> Whatever goes wrong is a value, never null: a verdict ends a nonce for good, {@link UpstreamTrouble}
 * has it sent again. When in doubt it is trouble, for a false verdict loses a nonce and a repeated one costs nothing. An
 * exception counts as {@link UpstreamTrouble#unreachable}, and its text reaches the operator.
 *
 * <p>The contract test is {@code UpstreamContract} in the test jar of this module.
 */
public interface Upstream extends AutoCloseable {

    /**
     * Asks for the mining info of the block that is being mined now. Called once a poll interval for as long as the
     * aggregator runs, and up to once more an interval when a miner knows of a block that we do not.
     *
     * @return the info, or what kept it back; infos that are equal stand for no change
     */
    MiningInfoOutcome fetchMiningInfo();

    /**
     * Sends one nonce, once, and reports the upstream's verdict on it. Whether and when it is sent again is the
     * aggregator's business.
     *
     * @param submission of a round that this upstream announced, though not always the last one
     * @return the verdict, or why there is none
     */
    SubmitOutcome submit(NonceSubmission submission);

    /**
     * Sends one nonce, as above, and tells the upstream which machine it is from, where its protocol can. The default does not.
     *
     * @param submission as above
     * @param machine the machine that the nonce counts for
     * @return the verdict, or why there is none
     */
    default SubmitOutcome submit(NonceSubmission submission, MinerId machine) {
        return submit(submission);
    }

    /**
     * Asks whether the upstream has shown that it answers a nonce only when it has a verdict, or after some seconds with {@link
     * SubmitOutcome.Held}. Then a slow answer is no sign of a fault, and does not keep other nonces from being sent. Must be
     * quick. The default is that it has not.
     *
     * @return whether it waits for verdicts
     */
    default boolean waitsForVerdicts() {
        return false;
    }

    /**
     * A text that changes when the credentials do (never the credentials themselves). After {@link
     * UpstreamTrouble#unauthorized} a change of it makes the aggregator try again at once instead of after 10 s. Called
     * about once a second; must be quick. The default never changes.
     *
     * @return never null; the empty string where there are no credentials to speak of
     */
    default String credentialsStamp() {
        return "";
    }

    /**
     * Asks whether the upstream itself says that it is still synchronising with its network. Called twice a minute at most.
     * The default never says so.
     *
     * @return true when it says so; false when it does not, cannot tell, or did not answer
     */
    default boolean isSynchronising() {
        return false;
    }

    /**
     * Ends running calls soon and releases what the upstream holds. Idempotent; a call after it is answered with trouble
     * rather than an exception. The aggregator calls it when its own 2 seconds for running attempts are over.
     */
    @Override
    default void close() {}
}
