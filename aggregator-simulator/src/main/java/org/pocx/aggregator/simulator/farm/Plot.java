package org.pocx.aggregator.simulator.farm;

import java.util.Objects;
import org.pocx.aggregator.core.mining.MiningInfo;
import org.pocx.aggregator.core.mining.NonceSubmission;

/**
 * The plot files of one account on one machine.
 *
 * @param accountId 40 lower-case hex characters
 * @param seed 64 lower-case hex characters
 * @param compression 0 to 255
 * @param capacityTib above 0, in TiB
 */
public record Plot(String accountId, String seed, int compression, double capacityTib) {
    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException when capacity or compression is out of its range
     */
    public Plot {
        Objects.requireNonNull(accountId, "accountId");
        Objects.requireNonNull(seed, "seed");
        if (!(capacityTib > 0) || Double.isInfinite(capacityTib)) {
            throw new IllegalArgumentException("capacity must be above 0, not " + capacityTib);
        }
        if (compression < 0 || compression > 255) {
            throw new IllegalArgumentException("compression must be 0 to 255, not " + compression);
        }
    }

    /**
     * {@return a submission of a nonce of this plot}
     *
     * @param round the round that it is for
     * @param nonce u64
     * @param rawQuality u64, as claimed
     */
    public NonceSubmission submission(MiningInfo round, long nonce, long rawQuality) {
        return NonceSubmission.builder()
                .round(round)
                .accountId(accountId)
                .seed(seed)
                .nonce(nonce)
                .compression(compression)
                .rawQuality(rawQuality)
                .build();
    }
}
