package org.pocx.aggregator.simulator.node;

import java.time.Instant;
import java.util.Optional;
import org.pocx.aggregator.core.mining.NonceSubmission;

/**
 * A call that reached a {@link ChainServer}.
 *
 * @param at by the wall clock
 * @param method as it was asked for
 * @param submission the nonce, where there is a well-formed one
 */
public record ReceivedRequest(Instant at, String method, Optional<NonceSubmission> submission) {}
