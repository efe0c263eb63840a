package org.pocx.aggregator.core;

import org.pocx.aggregator.core.mining.MinerId;
import org.pocx.aggregator.core.mining.MiningInfoAnswer;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.core.mining.SubmissionAnswer;

/**
 * What a mining machine asks of an aggregator: the two methods of the protocol. {@link Aggregator} is one; a transport
 * stands in front of it.
 *
 * <p>Thread-safe. Both calls answer within 4 seconds, whatever the upstream and the store do.
 */
public interface MiningService {

    /** The mining info of the block being mined. Never blocks for longer than it takes to learn it the first time. */
    MiningInfoAnswer miningInfo(MinerId miner);

    /** Takes a nonce. Returns when it is durable, or not worth being so, or refused. */
    SubmissionAnswer submit(NonceSubmission submission, MinerId miner);
}
