package org.pocx.aggregator.cli.verification;

import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.proof.Challenge;
import org.pocx.aggregator.proof.PlotNonce;
import org.pocx.aggregator.proof.PocxProof;
import org.pocx.aggregator.proof.ProofComputation;

/** The computation of the quality of a submitted nonce. */
final class Computations {
    private Computations() {}

    /** @throws IllegalArgumentException if the compression is too high */
    static ProofComputation start(NonceSubmission nonce) {
        return PocxProof.start(
                new PlotNonce(nonce.accountId(), nonce.seed(), nonce.nonce(), nonce.compression()),
                new Challenge(nonce.generationSignature(), nonce.height()));
    }
}
