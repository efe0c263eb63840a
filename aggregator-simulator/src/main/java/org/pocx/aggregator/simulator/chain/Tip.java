package org.pocx.aggregator.simulator.chain;

/**
 * The round that the chain is mining.
 *
 * @param height u64, of the block being mined
 * @param blockHash 64 lower-case hex characters; the hash of the previous block, which names the round
 * @param generationSignature 64 lower-case hex characters
 * @param baseTarget u64 &gt; 0
 */
public record Tip(long height, String blockHash, String generationSignature, long baseTarget) {

    Tip withBlockHash(String hash) {
        return new Tip(height, hash, generationSignature, baseTarget);
    }

    Tip withBaseTarget(long target) {
        return new Tip(height, blockHash, generationSignature, target);
    }
}
