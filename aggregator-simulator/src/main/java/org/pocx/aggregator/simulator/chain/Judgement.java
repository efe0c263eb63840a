package org.pocx.aggregator.simulator.chain;

/** What the chain says to a nonce. */
public sealed interface Judgement {

    /**
     * The nonce is good.
     *
     * @param rawQuality u64, by the chain's own reckoning
     * @param pocTime u64, seconds after the previous block
     */
    record Accepted(long rawQuality, long pocTime) implements Judgement {}

    /**
     * The nonce is not taken.
     *
     * @param why what kind of refusal it is; each dialect has a code for it
     * @param message in a node's words
     * @param expectedHeight u64, the height of the block being mined, which a refusal for {@link Refusal#HEIGHT} names
     */
    record Refused(Refusal why, String message, long expectedHeight) implements Judgement {}
}
