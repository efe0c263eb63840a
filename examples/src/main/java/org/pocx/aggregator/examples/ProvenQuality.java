package org.pocx.aggregator.examples;

import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.proof.Challenge;
import org.pocx.aggregator.proof.PlotNonce;
import org.pocx.aggregator.proof.PocxProof;
import org.pocx.aggregator.proof.ProofTask;

/** The quality that a nonce really has, computed as a node does. */
final class ProvenQuality {
    private ProvenQuality() {}

    /** What to compute for a nonce of compression 0 to 6. */
    static ProofTask task(NonceSubmission nonce) {
        return new ProofTask(
                new PlotNonce(nonce.accountId(), nonce.seed(), nonce.nonce(), nonce.compression()),
                new Challenge(nonce.generationSignature(), nonce.height()));
    }

    /** The raw quality (u64); takes 60 ms for each of the 2^compression parts of the nonce. */
    static long of(NonceSubmission nonce) {
        ProofTask task = task(nonce);
        return PocxProof.quality(task.nonce(), task.challenge());
    }
}
