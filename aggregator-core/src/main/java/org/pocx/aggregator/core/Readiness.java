package org.pocx.aggregator.core;

import java.util.Optional;

/**
 * Whether the aggregator can do its whole job now.
 *
 * @param upstreamProblem why the upstream cannot be used, one line
 * @param storeProblem why nonces cannot be made durable, one line
 */
public record Readiness(Optional<String> upstreamProblem, Optional<String> storeProblem) {

    /** {@return true without any problem} */
    public boolean ready() {
        return upstreamProblem.isEmpty() && storeProblem.isEmpty();
    }
}
