package org.pocx.aggregator.simulator.farm;

import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;

/** What a machine makes of the nonces that it finds. */
public enum Behaviour {
    /** Sends them as they are. */
    HONEST,
    /** Claims the best quality there is, 0, for every nonce. */
    CLAIMS_ZERO,
    /** Sends every nonce for the round before, or for one that never was. */
    STALE_ROUNDS,
    /** Its plots have rotted: the nonces have not the qualities that it computes. */
    BAD_PLOT;

    /**
     * What the machine sends when an honest one would send this.
     *
     * @param found for the round being mined
     * @param before the round before it; the same round where the machine knows of none before
     */
    NonceSubmission distort(NonceSubmission found, MiningInfo before) {
        return switch (this) {
            case HONEST -> found;
            case CLAIMS_ZERO -> with(found, found.nonce(), 0);
            case BAD_PLOT -> with(found, ~found.nonce(), found.rawQuality());
            case STALE_ROUNDS -> forRound(found, before);
        };
    }

    private static NonceSubmission with(NonceSubmission found, long nonce, long rawQuality) {
        return new NonceSubmission(
                found.blockHash(),
                found.height(),
                found.generationSignature(),
                found.baseTarget(),
                found.accountId(),
                found.seed(),
                nonce,
                found.compression(),
                rawQuality);
    }

    private static NonceSubmission forRound(NonceSubmission found, MiningInfo round) {
        boolean sameRound = round.blockHash().equals(found.blockHash());
        return new NonceSubmission(
                sameRound ? new StringBuilder(found.blockHash()).reverse().toString() : round.blockHash(),
                round.height(),
                round.generationSignature(),
                round.baseTarget(),
                found.accountId(),
                found.seed(),
                found.nonce(),
                found.compression(),
                found.rawQuality());
    }
}
