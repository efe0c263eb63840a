package org.pocx.aggregator.simulator.farm;

/** The result of sending a nonce, as its machine sees it. */
public sealed interface SendResult {

    /**
     * The nonce was accepted.
     *
     * @param asExpected whether quality and poc_time in the receipt are those that the machine computed
     */
    record Receipt(boolean asExpected) implements SendResult {}

    /**
     * The answer was an HTTP error, a JSON-RPC error or malformed. The stock miner does not send the nonce again.
     *
     * @param message one line
     */
    record Rejected(String message) implements SendResult {}

    /**
     * No answer arrived. The stock miner sends the nonce again, and gives up after the last attempt.
     *
     * @param message one line about the last failure
     */
    record Lost(String message) implements SendResult {}
}
