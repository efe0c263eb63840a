package org.pocx.aggregator.core.failover;

/** What is to be done about the active upstream now. */
public sealed interface FailoverDecision {

    /** Nothing. */
    record Stay() implements FailoverDecision {}

    /**
     * Another upstream becomes the active one.
     *
     * @param id of the upstream
     * @param isReturn whether it is preferred to the present one and works again; otherwise the present one failed
     * @param reason for an operator, without a full stop
     */
    record Switch(String id, boolean isReturn, String reason) implements FailoverDecision {}

    /**
     * One nonce is to be sent to an upstream that is not active, to find out whether it gives a verdict.
     *
     * @param id of the upstream
     */
    record Probe(String id) implements FailoverDecision {}
}
