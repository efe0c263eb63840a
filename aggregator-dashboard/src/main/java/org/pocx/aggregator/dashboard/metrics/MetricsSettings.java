package org.pocx.aggregator.dashboard.metrics;

import java.util.Objects;

/**
 * What to tell.
 *
 * @param version the program's
 * @param maxMachines machines that have figures of their own, under a label with their address, at most; 0 for none
 */
public record MetricsSettings(String version, int maxMachines) {

    /**
     * Takes a number of machines that can be met.
     *
     * @throws IllegalArgumentException when the number is negative
     */
    public MetricsSettings {
        Objects.requireNonNull(version, "version");
        if (maxMachines < 0) {
            throw new IllegalArgumentException("maxMachines must not be negative");
        }
    }
}
