package org.pocx.aggregator.dashboard.metrics;

import java.util.Objects;

/**
 * The settings of metrics.
 *
 * @param version the program's version
 * @param maxMachines the maximum number of machines with their own metrics, with the id as a label; 0 for none
 */
public record MetricsSettings(String version, int maxMachines) {

    /**
     * Checks the number of machines.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public MetricsSettings {
        Objects.requireNonNull(version, "version");
        if (maxMachines < 0) {
            throw new IllegalArgumentException("maxMachines must not be negative");
        }
    }
}
