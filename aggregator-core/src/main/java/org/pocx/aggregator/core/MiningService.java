package org.pocx.aggregator.core;

import java.util.concurrent.CompletableFuture;
import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfoAnswer;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.SubmissionAnswer;
import org.pocx.aggregator.core.upstream.VerdictAnswer;

/**
 * What a mining machine asks of an aggregator: the methods of the protocol. {@link Aggregator} implements it, and
 * nobody else needs to: it is the side of the aggregator that a transport sees, so that a transport can be tested with a
 * fake. {@code MinerServer} is such a transport, and your own is another.
 *
 * <p>Thread-safe: call it on one thread a request, best a virtual one, as all calls may block. All answer within 4
 * seconds, whatever the upstream and the store do, and report what can be expected as a value. They throw for bugs, among
 * them {@link IllegalStateException} when the service is not started or closed; a transport then closes the connection
 * without an answer, as for {@link org.pocx.aggregator.core.mining.NoAnswer}, since any answered error loses the nonce.
 * Nothing is null.
 */
public interface MiningService {

    /**
     * Hands out the mining info of the block being mined. Never blocks for longer than it takes to learn it the first time.
     *
     * @param miner who asks; it counts as seen, even when there is nothing to tell
     * @return the same instance for as long as nothing changes, so that it can be rendered once
     * @throws IllegalStateException when the service is not started or closed, also when it is closed during the call
     */
    MiningInfoAnswer miningInfo(MinerId miner);

    /**
     * Takes a nonce. Returns when it is durable, or not worth being so, or refused. The same nonce may be handed over
     * again: it is answered again and counts once.
     *
     * @param submission as the miner sent it; its form has been checked by its own constructor
     * @param miner who is counted for it, and ranks by what becomes of it
     * @return a receipt also for a nonce that is filtered, as the miner's work was fine; {@link
     *     org.pocx.aggregator.core.mining.NoAnswer} also when the thread is interrupted, or the service closed meanwhile
     * @throws IllegalStateException when the service is not started or closed
     */
    SubmissionAnswer submit(NonceSubmission submission, MinerId miner);

    /**
     * Takes a nonce as above, of a sender that waits for the verdict of the upstream. Returns as soon as above; what the verdict
     * is comes later. A nonce that is sent again is answered by its verdict if it has one, otherwise its sender waits, too; if
     * it was superseded by others that have no verdict, it competes again.
     *
     * @param submission as above
     * @param miner as above
     * @param verdict completed if a receipt is returned, maybe before that, by any thread: what depends on it must be short. There
     *     is no time limit, except that closing the service ends it with {@link VerdictAnswer.Held}. Complete it yourself, with
     *     any value, to wait no longer
     * @return as above
     * @throws IllegalStateException when the service is not started or closed
     */
    default SubmissionAnswer submit(
            NonceSubmission submission, MinerId miner, CompletableFuture<VerdictAnswer> verdict) {
        SubmissionAnswer answer = submit(submission, miner);
        verdict.complete(new VerdictAnswer.Held());
        return answer;
    }
}
