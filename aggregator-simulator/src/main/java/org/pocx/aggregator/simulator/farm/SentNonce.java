package org.pocx.aggregator.simulator.farm;

import java.net.InetAddress;
import org.pocx.aggregator.core.mining.NonceSubmission;

/**
 * A nonce that a machine has sent, with its final result.
 *
 * @param machine the address of the machine
 * @param submission as sent
 * @param attempts how many times the machine sent it; 1 or more
 * @param result the result of the last attempt
 */
public record SentNonce(InetAddress machine, NonceSubmission submission, int attempts, SendResult result) {}
