package org.pocx.aggregator.simulator.bench;

import java.util.Locale;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;

/** The one round of a benchmark, and nonces of it: what the load generator and the upstream both know. */
final class BenchRound {
    static final MiningInfo INFO = new MiningInfo("5".repeat(64), 36_650_387_592L, 1_000, "b".repeat(64));

    /** From here on all u64 of a benchmark have 19 digits. */
    static final long NINETEEN_DIGITS = 1_000_000_000_000_000_000L;

    private BenchRound() {}

    static NonceSubmission nonce(int account, long nonce, long rawQuality) {
        return new NonceSubmission(
                INFO.blockHash(),
                INFO.height(),
                INFO.generationSignature(),
                INFO.baseTarget(),
                String.format(Locale.ROOT, "%040x", 0xA000 + account),
                "7".repeat(64),
                nonce,
                1,
                rawQuality);
    }
}
