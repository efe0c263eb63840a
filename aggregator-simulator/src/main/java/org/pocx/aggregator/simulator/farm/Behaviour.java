package org.pocx.aggregator.simulator.farm;

import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;

/** What a machine sends when it finds a nonce. */
public enum Behaviour {
    /** The nonce with its quality. */
    HONEST,
    /** The nonce with a claim of the best possible quality, 0. */
    CLAIMS_ZERO,
    /** The nonce for the previous round, or for an unknown round. */
    STALE_ROUNDS,
    /** A nonce with a worse quality than claimed, as if the plot file were corrupt. */
    BAD_PLOT;

    /**
     * Returns what the machine sends.
     *
     * @param previous the previous round; the same as the current round if the machine does not know a previous one
     */
    NonceSubmission submission(FoundNonce found, MiningInfo round, MiningInfo previous) {
        long nonce = found.nonce();
        return switch (this) {
            case HONEST -> found.plot().submission(round, nonce, found.rawQuality());
            case CLAIMS_ZERO -> found.plot().submission(round, nonce, 0);
            case BAD_PLOT -> found.plot().submission(round, ~nonce, found.rawQuality());
            case STALE_ROUNDS -> {
                MiningInfo stale = previous.equals(round) ? withUnknownHash(round) : previous;
                yield found.plot().submission(stale, nonce, found.rawQuality());
            }
        };
    }

    private static MiningInfo withUnknownHash(MiningInfo round) {
        String reversed = new StringBuilder(round.blockHash()).reverse().toString();
        return new MiningInfo(round.generationSignature(), round.baseTarget(), round.height(), reversed);
    }
}
