package org.pocx.aggregator.core.testkit;

import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;

/** Rounds and nonces for tests, told apart by small numbers. */
public final class Nonces {
    private static final long BASE_TARGET = 36_650_387_592L;

    private Nonces() {}

    /** A round of its own block hash, at a height of the same number. */
    public static MiningInfo round(int number) {
        return new MiningInfo(hash(0x9000 + number), BASE_TARGET, number, hash(number));
    }

    /** A nonce of the round, found by nobody else. */
    public static NonceSubmission nonce(MiningInfo round, int account, long nonce, long rawQuality) {
        return NonceSubmission.builder()
                .round(round)
                .accountId(account(account))
                .seed(hash(77))
                .nonce(nonce)
                .compression(1)
                .rawQuality(rawQuality)
                .build();
    }

    /** An account id that ends with the number. */
    public static String account(int number) {
        return String.format("%040x", number);
    }

    /** 64 hex characters that end with the number. */
    public static String hash(int number) {
        return String.format("%064x", number);
    }
}
