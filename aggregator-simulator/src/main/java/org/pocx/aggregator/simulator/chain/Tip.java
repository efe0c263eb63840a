package org.pocx.aggregator.simulator.chain;

/**
 * What the chain mines on: one round.
 *
 * @param height u64, of the block being mined
 * @param blockHash 64 lower-case hex characters; the hash of the block before, which names the round
 * @param generationSignature 64 lower-case hex characters
 * @param baseTarget u64 &gt; 0
 */
public record Tip(long height, String blockHash, String generationSignature, long baseTarget) {

    Tip withBlockHash(String hash) {
        return new Tip(height, hash, generationSignature, baseTarget);
    }

    Tip withGenerationSignature(String signature) {
        return new Tip(height, blockHash, signature, baseTarget);
    }

    Tip withBaseTarget(long target) {
        return new Tip(height, blockHash, generationSignature, target);
    }
}
