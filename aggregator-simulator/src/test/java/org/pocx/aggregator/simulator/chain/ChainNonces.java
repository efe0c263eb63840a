package org.pocx.aggregator.simulator.chain;

import org.pocx.aggregator.core.mining.NonceSubmission;

/** Creates nonces for tests: valid ones for a tip, and invalid ones. */
public record ChainNonces(Tip tip) {
    public static final String ACCOUNT = "11".repeat(20);
    public static final String OTHER_ACCOUNT = "22".repeat(20);
    public static final String SEED = "ab".repeat(32);

    /** A nonce that has exactly this quality. */
    public NonceSubmission of(String account, long rawQuality) {
        long nonce = QualityFunction.of(tip.generationSignature(), account, SEED, 1).nonceOf(rawQuality);
        return NonceSubmission.builder()
                .blockHash(tip.blockHash())
                .height(tip.height())
                .generationSignature(tip.generationSignature())
                .baseTarget(tip.baseTarget())
                .accountId(account)
                .seed(SEED)
                .nonce(nonce)
                .compression(1)
                .rawQuality(rawQuality)
                .build();
    }

    public NonceSubmission of(long rawQuality) {
        return of(ACCOUNT, rawQuality);
    }

    /** The same nonce with a different claim. */
    public static NonceSubmission claiming(NonceSubmission nonce, long rawQuality) {
        return nonce.toBuilder()
                .rawQuality(rawQuality)
                .build();
    }

    /** The same nonce from a plot of a different compression level. */
    public static NonceSubmission compressed(NonceSubmission nonce, int level) {
        return nonce.toBuilder()
                .compression(level)
                .build();
    }
}
