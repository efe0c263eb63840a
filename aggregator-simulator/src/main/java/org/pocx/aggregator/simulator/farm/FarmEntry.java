package org.pocx.aggregator.simulator.farm;

import java.net.InetAddress;
import java.time.Instant;
import org.pocx.aggregator.core.mining.NonceSubmission;

/**
 * One nonce of the farm, its machine done with it.
 *
 * @param at when its fate was known, by the wall clock
 * @param machine whose nonce it is
 * @param submission as it was sent
 * @param attempts 1 or more: how often it was sent
 * @param fate what its machine took the end of it for
 */
public record FarmEntry(
        Instant at, InetAddress machine, NonceSubmission submission, int attempts, SubmissionFate fate) {}
