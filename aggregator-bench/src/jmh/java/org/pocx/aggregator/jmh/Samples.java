package org.pocx.aggregator.jmh;

import java.util.Locale;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;

/** A round and nonces of it. */
final class Samples {
    static final MiningInfo INFO = new MiningInfo("5".repeat(64), 36_650_387_592L, 1_000, "b".repeat(64));

    private Samples() {}

    static NonceSubmission nonce(int account, long nonce, long rawQuality) {
        return NonceSubmission.builder()
                .round(INFO)
                .accountId(String.format(Locale.ROOT, "%040x", account))
                .seed("7".repeat(64))
                .nonce(nonce)
                .compression(1)
                .rawQuality(rawQuality)
                .build();
    }
}
