package org.pocx.aggregator.cli.verification;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;
import org.pocx.aggregator.proof.PlotNonce;

/**
 * The highest compression that is computed for the nonces of a round: the announced target, and at most
 * {@value PlotNonce#MAX_COMPRESSION}. Thread-safe: an immutable map that is replaced under the monitor. Bounded by the last
 * {@value #ROUNDS} rounds; for others the default target holds.
 */
final class CompressionLimits {
    static final int ROUNDS = 16;

    private volatile Map<String, Integer> byBlockHash = Map.of();

    synchronized void announced(MiningInfo info) {
        Map<String, Integer> limits = new LinkedHashMap<>(byBlockHash);
        limits.remove(info.blockHash());
        limits.put(info.blockHash(), Math.min(PlotNonce.MAX_COMPRESSION, info.targetCompressionLevel()));
        Iterator<String> oldest = limits.keySet().iterator();
        if (limits.size() > ROUNDS) {
            oldest.next();
            oldest.remove();
        }
        byBlockHash = limits;
    }

    boolean allow(NonceSubmission nonce) {
        return nonce.compression() <= byBlockHash.getOrDefault(nonce.blockHash(), MiningInfo.DEFAULT_COMPRESSION_LEVEL);
    }
}
