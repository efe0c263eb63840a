package org.pocx.aggregator.simulator.node;

import java.util.Optional;

/**
 * A fault and the requests that it affects.
 *
 * @param method the method that is affected; empty for all
 * @param accountId the account whose nonces are affected; empty for all
 * @param afterValidation whether the request is processed before it fails
 * @param remaining how many more requests it affects
 */
record FaultRule(
        Optional<String> method, Optional<String> accountId, boolean afterValidation, long remaining, Fault fault) {
    /** The number of requests of a rule without a limit. */
    static final long UNLIMITED = Long.MAX_VALUE;

    boolean affects(String requested, String account) {
        return method.map(requested::equals).orElse(true)
                && accountId.map(account::equals).orElse(true);
    }

    /** This rule after one more request. */
    FaultRule next() {
        long next = remaining == UNLIMITED ? UNLIMITED : remaining - 1;
        return new FaultRule(method, accountId, afterValidation, next, fault);
    }
}
