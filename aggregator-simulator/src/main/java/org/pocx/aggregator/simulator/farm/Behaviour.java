package org.pocx.aggregator.simulator.farm;

import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;

/** What a machine sends when it finds a nonce. */
public enum Behaviour {
    /** The nonce, unchanged. */
    HONEST,
    /** A claim of the best possible quality, 0. */
    CLAIMS_ZERO,
    /** The nonce for the previous round, or for an unknown round. */
    STALE_ROUNDS,
    /** A nonce with a worse quality than claimed, as if the plot file were corrupt. */
    BAD_PLOT;

    /**
     * Returns what the machine sends.
     *
     * @param previous the previous round; the current round if the machine does not know a previous one
     */
    NonceSubmission apply(NonceSubmission found, MiningInfo previous) {
        return switch (this) {
            case HONEST -> found;
            case CLAIMS_ZERO -> with(found, found.nonce(), 0);
            case BAD_PLOT -> with(found, ~found.nonce(), found.rawQuality());
            case STALE_ROUNDS -> forRound(found, previous);
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
