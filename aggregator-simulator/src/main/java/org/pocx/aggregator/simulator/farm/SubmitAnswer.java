package org.pocx.aggregator.simulator.farm;

import org.pocx.aggregator.core.mining.SubmissionReceipt;

/** What came back when a machine sent a nonce once. */
sealed interface SubmitAnswer {

    /** It was taken. */
    record Taken(SubmissionReceipt receipt) implements SubmitAnswer {}

    /** Some other answer came: the stock miner drops the nonce. */
    record Refused(String why) implements SubmitAnswer {}

    /** No answer came: the stock miner sends again. */
    record NoAnswer(String why) implements SubmitAnswer {}
}
