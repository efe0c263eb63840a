package org.pocx.aggregator.simulator.farm;

import java.net.InetAddress;
import java.util.List;
import java.util.Objects;

/**
 * A mining machine.
 *
 * @param address the address that it connects from: a loopback address (127.x.y.z), different for each machine
 * @param plots its plots; at least one. Unmodifiable
 * @param behaviour what it sends when it finds a nonce
 */
public record MachineSettings(InetAddress address, List<Plot> plots, Behaviour behaviour) {
    /**
     * Checks the values, and copies the plots.
     *
     * @throws IllegalArgumentException when the address is not a loopback address, or there is no plot
     */
    public MachineSettings {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(plots, "plots");
        Objects.requireNonNull(behaviour, "behaviour");
        if (!address.isLoopbackAddress()) {
            throw new IllegalArgumentException("a simulated machine must have a loopback address");
        }
        if (plots.isEmpty()) {
            throw new IllegalArgumentException("a machine must have a plot");
        }
        plots = List.copyOf(plots);
    }

    /**
     * {@return a copy with this behaviour}
     *
     * @param value what it sends when it finds a nonce
     */
    public MachineSettings withBehaviour(Behaviour value) {
        return new MachineSettings(address, plots, value);
    }

    /** {@return the capacity of all plots, in TiB} */
    public double capacityTib() {
        return plots.stream().mapToDouble(Plot::capacityTib).sum();
    }
}
