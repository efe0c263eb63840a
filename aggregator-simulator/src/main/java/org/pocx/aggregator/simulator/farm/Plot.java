package org.pocx.aggregator.simulator.farm;

import java.util.Objects;

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
}
