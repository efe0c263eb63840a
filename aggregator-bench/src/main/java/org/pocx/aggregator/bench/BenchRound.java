package org.pocx.aggregator.bench;

import java.util.Locale;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;

/**
 * A round of a benchmark, known to the load and to the upstream.
 *
 * @param number from 0
 */
record BenchRound(int number) {
    private static final long FIRST_HEIGHT = 1_000;
    private static final long BASE_TARGET = 36_650_387_592L;
    private static final int FIRST_ACCOUNT = 0xA000;
    private static final String SEED = "7".repeat(64);

    MiningInfo info() {
        return new MiningInfo(hex("5"), BASE_TARGET, FIRST_HEIGHT + number, hex("b"));
    }

    private String hex(String first) {
        return first + String.format(Locale.ROOT, "%063x", number);
    }

    static String account(int number) {
        return String.format(Locale.ROOT, "%040x", FIRST_ACCOUNT + number);
    }

    NonceSubmission nonce(int account, long nonce, long rawQuality) {
        MiningInfo info = info();
        return NonceSubmission.builder()
                .round(info)
                .accountId(account(account))
                .seed(SEED)
                .nonce(nonce)
                .compression(1)
                .rawQuality(rawQuality)
                .build();
    }
}
